"""What the line's forms ask for."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from bihuan.kernel import clock
from bihuan.lines.passes import counties
from bihuan.lines.passes.drafts import LONGEST, Draft, crew_of
from bihuan.lines.passes.kinds import Applicant, Colour, Goods, Reason, Unit
from bihuan.lines.passes.models import Desk
from bihuan.lines.passes.reading import Purpose
from bihuan.spine.accounts.models import Agency

MINUTE = "%Y-%m-%dT%H:%M"
_code_first = re.compile(r"\s*(\d{6})[\s·,，]*(.*)").fullmatch
GROUPS = (
    (_("Who applies"), ("applicant", "sender", "receiver", "carrier", "contact", "phone")),
    (_("Vehicle and crew"), (
        "plate", "plate_colour", "trailer_plate", "driver", "driver_identity", "driver_phone", "second",
        "second_identity", "second_phone",
    )),
    (_("Goods"), ("goods", "goods_name", "quantity", "unit")),
    (_("Route and time"), (
        "origin", "destination", "way_points", "valid_from", "valid_until", "is_closed_loop", "note",
    )),
)  # fmt: skip
"""The fields of an application, in the order in which one asks for them."""
FIELD_OF = {
    "origin_code": "origin", "origin_name": "origin", "destination_code": "destination",
    "destination_name": "destination", "crew": "driver",
}  # fmt: skip
"""Under which field of the form a refusal about a part of the draft is shown."""


class Plain(forms.Form):
    """Gives every field the look of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.RadioSelect):
                field.widget.attrs.setdefault("class", "input")


def _text(
    label: Any, longest: int, *, required: bool = True, help_text: Any = "", **attrs: str
) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(
        label=label, required=required, max_length=longest, widget=widget, help_text=help_text
    )


def _instant(label: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "60"}, format=MINUTE)
    return forms.DateTimeField(label=label, widget=widget)


class ApplyForm(Plain):
    """One vehicle, one pass, one route."""

    client_id = forms.RegexField(r"^[A-Za-z0-9_-]{8,64}$", widget=forms.HiddenInput)
    applicant = forms.ChoiceField(label=_("You are the"), choices=Applicant.choices)
    sender = _text(_("Sender"), LONGEST["sender"], required=False)
    receiver = _text(_("Receiver"), LONGEST["receiver"], required=False)
    carrier = _text(_("Carrier"), LONGEST["carrier"], required=False)
    contact = _text(_("Contact person"), LONGEST["contact"])
    phone = _text(_("Telephone"), 40, inputmode="tel")
    plate = _text(_("Number plate"), 20, help_text=_("Of an articulated lorry the tractor's."))
    plate_colour = forms.ChoiceField(
        label=_("Colour of the plate"), choices=Colour.choices, initial=Colour.YELLOW
    )
    trailer_plate = _text(
        _("Trailer's plate"), 20, required=False, help_text=_("Of an articulated lorry only.")
    )
    driver = _text(_("Driver"), 40)
    driver_identity = _text(_("Driver's identity number"), 24, required=False)
    driver_phone = _text(_("Driver's telephone"), 40, required=False, inputmode="tel")
    second = _text(_("Second person in the vehicle"), 40, required=False)
    second_identity = _text(_("The second person's identity number"), 24, required=False)
    second_phone = _text(_("The second person's telephone"), 40, required=False, inputmode="tel")
    goods = forms.ChoiceField(label=_("Class of goods"), choices=Goods.choices)
    goods_name = _text(_("What is carried"), LONGEST["goods_name"])
    quantity = forms.DecimalField(label=_("How much"), min_value=0, max_digits=10, decimal_places=2)
    unit = forms.ChoiceField(label=_("Unit"), choices=Unit.choices, initial=Unit.TONNE)
    origin = _text(
        _("From county"), 80, list="counties", help_text=_("Six digits and name, as 430105 开福区.")
    )
    destination = _text(_("To county"), 80, list="counties")
    way_points = _text(_("By way of"), 300, required=False, help_text=_("Places, with commas between."))
    valid_from = _instant(_("Valid from"))
    valid_until = _instant(_("Valid until"))
    is_closed_loop = forms.BooleanField(
        label=_("Closed loop: the vehicle goes to the transfer point and straight out again"), required=False
    )
    note = forms.CharField(
        label=_("Anything else"), required=False, max_length=LONGEST["note"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = localtime(clock.now()).replace(second=0, microsecond=0)
        self.fields["client_id"].initial = uuid4().hex
        self.fields["valid_from"].initial = now
        self.fields["valid_until"].initial = now + timedelta(hours=24)
        self.own_counties = counties.list_own()

    def draft(self) -> Draft:
        """Return what was filled in."""
        said = dict(self.cleaned_data)
        crew = crew_of({name: said.pop(name) for name in list(said) if name.startswith(("driver", "second"))})
        for end in ("origin", "destination"):
            said[f"{end}_code"], said[f"{end}_name"] = self._county(said.pop(end))
        ways = tuple(one for one in re.split(r"[,，、;；\n]+", said.pop("way_points")) if one.strip())
        del said["client_id"]
        return Draft(**said, crew=crew, way_points=ways)

    def _county(self, typed: str) -> tuple[str, str]:
        """Read ``430202 name``, or the name of one of the city's own."""
        if found := _code_first(typed):
            return found[1], found[2]
        return counties.code_of(typed), typed

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [(heading, [self[name] for name in names]) for heading, names in GROUPS]


class FileForm(Plain):
    """Many applications in one file."""

    name = _text(_("Company"), 120)
    phone = _text(_("Telephone"), 40, inputmode="tel", help_text=_("For rows that have none of their own."))
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))


class AskForm(Plain):
    text = forms.CharField(
        label=_("Your question"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReasonForm(Plain):
    reason = forms.ChoiceField(label=_("Why"), choices=[("", "—"), *Reason.choices])
    text = forms.CharField(
        label=_("In words"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExtendForm(Plain):
    until = _instant(_("Valid until"))


class ReplaceForm(Plain):
    plate = _text(_("Number plate"), 20)
    plate_colour = forms.ChoiceField(label=_("Colour of the plate"), choices=Colour.choices)


class AnnounceForm(Plain):
    expected_at = _instant(_("Expected at the gate"))


class StepForm(Plain):
    crew = forms.IntegerField(label=_("People in the vehicle"), required=False, min_value=0, max_value=9)
    seal_number = _text(_("Seal number"), 40, required=False)


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(choices=Purpose.choices)


class DeskForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none when the program runs
    """The rules of one class of goods."""

    class Meta:
        model = Desk
        fields = (
            "agency", "is_express", "promise_min", "needs_second", "needs_closed_loop", "is_never_parted",
            "daily_quota", "longest_h", "stay_h",
        )  # fmt: skip
        labels = {  # noqa: RUF012  # Django's way to say it
            "agency": _("Reviewed by"),
            "is_express": _("Express lane"),
            "promise_min": _("Promised within, minutes"),
            "needs_second": _("A second person has to look"),
            "needs_closed_loop": _("Only by the closed loop"),
            "is_never_parted": _("People and lorry are never parted"),
            "daily_quota": _("At most so many a day; empty is no limit"),
            "longest_h": _("Lasts at most, hours"),
            "stay_h": _("Out again after, hours"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = Agency.objects.filter(is_active=True)  # type: ignore[attr-defined]
        for name in ("promise_min", "longest_h", "stay_h"):
            self.fields[name].min_value = 1  # type: ignore[attr-defined]  # number fields
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "input")
