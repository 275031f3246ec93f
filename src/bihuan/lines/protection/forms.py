"""What the care list's forms ask for."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from bihuan.lines.protection.drafts import LONGEST, Draft
from bihuan.lines.protection.kinds import Consent, Found, Kind, Leaving, SupplyKind
from bihuan.lines.protection.models import Person
from bihuan.lines.protection.queries import own_offices
from bihuan.lines.protection.reading import Purpose
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.questions import answers_of, fields_of
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.places.models import Site

WEEKDAYS = [
    ("0", _("Mon")), ("1", _("Tue")), ("2", _("Wed")), ("3", _("Thu")), ("4", _("Fri")),
    ("5", _("Sat")), ("6", _("Sun")),
]  # fmt: skip
RHYTHMS = [
    (4, _("every 4 hours")), (8, _("every 8 hours")), (12, _("every 12 hours")), (24, _("every day")),
    (48, _("every 2 days")), (72, _("every 3 days")), (168, _("every week")),
]  # fmt: skip
GROUPS = {
    "who": ("name", "phone", "is_phone_shared", "site", "building", "door", "consent"),
    "why": ("kinds", "note", "dialysis_days", "dialysis_h", "birth_due_on", "kin_name", "kin_phone"),
    "when": ("agency", "every_h", "from_h", "until_h", "grace_min"),
}
"""The fields of a person, in the order in which one asks for them."""
FIND_SITE = {
    "list": "sites", "autocomplete": "off", "hx-get": reverse_lazy("protection:sites"), "hx-target": "#sites",
    "hx-trigger": "input changed delay:200ms", "hx-include": "this", "hx-sync": "this:replace",
}  # fmt: skip
HOURS = [(hour, f"{hour}:00") for hour in range(25)]


class Plain(forms.Form):
    """Gives every field the look of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(
                field.widget, forms.CheckboxSelectMultiple | forms.CheckboxInput | forms.RadioSelect
            ):
                field.widget.attrs.setdefault("class", "input")


def _text(label: Any, name: str, *, required: bool = False, **attrs: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off", **attrs})
    return forms.CharField(label=label, required=required, max_length=LONGEST[name], widget=widget)


class PersonForm(Plain):
    """Everything that is known of a person. Texts that stay hidden are left as they are when left empty."""

    name = _text(_("Name"), "name", required=True)
    phone = _text(_("Telephone"), "phone", inputmode="tel")
    is_phone_shared = forms.BooleanField(
        label=_("Another person on the list has this telephone too"), required=False
    )
    site = forms.CharField(label=_("Compound"), max_length=120, widget=forms.TextInput(attrs=FIND_SITE))
    building = _text(_("Building"), "building")
    door = _text(_("Door number"), "door")
    kinds = forms.MultipleChoiceField(
        label=_("Why the person needs care"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Notes on need"),
        required=False,
        max_length=LONGEST["note"],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kin_name = _text(_("Next of kin"), "kin_name")
    kin_phone = _text(_("Telephone of next of kin"), "kin_phone", inputmode="tel")
    consent = forms.ChoiceField(label=_("Consent"), choices=Consent.choices)
    agency: "forms.ModelChoiceField[Agency]" = forms.ModelChoiceField(
        queryset=Agency.objects.none(), label=_("Looked after by"), empty_label=None
    )
    every_h = forms.TypedChoiceField(label=_("How often"), coerce=int, choices=RHYTHMS, initial=24)
    from_h = forms.TypedChoiceField(label=_("From"), coerce=int, choices=HOURS[:24], initial=8)
    until_h = forms.TypedChoiceField(label=_("Until"), coerce=int, choices=HOURS[1:], initial=20)
    grace_min = forms.IntegerField(
        label=_("Counts as missed after, minutes"), min_value=0, max_value=1440, initial=60
    )
    dialysis_days = forms.MultipleChoiceField(
        label=_("Dialysis on"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    dialysis_h = forms.TypedChoiceField(label=_("Dialysis at"), coerce=int, choices=HOURS[:24], initial=8)
    birth_due_on = forms.DateField(
        label=_("Birth due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = own_offices(user)  # type: ignore[attr-defined]  # a choice field
        chosen = kwargs.get("initial", {}).get("every_h")
        if chosen and chosen not in dict(RHYTHMS):
            own = (chosen, _("every %(hours)d hours") % {"hours": chosen})
            self.fields["every_h"].choices = [own, *RHYTHMS]  # type: ignore[attr-defined]  # a choice field

    def clean_site(self) -> Site:
        typed = self.cleaned_data["site"].replace("\x00", "").strip()
        found = list(Site.objects.filter(code=typed)[:2]) or list(
            (Site.objects.filter(name_zh=typed) | Site.objects.filter(name_en=typed))[:2]
        )
        if len(found) == 1:
            return found[0]
        words = (
            _("There are several compounds of this name; write its code.")
            if found
            else _("No such compound.")
        )
        raise forms.ValidationError(words)

    def draft(self) -> Draft:
        """Return what was filled in."""
        said = self.cleaned_data
        joined = {"kinds": tuple(said["kinds"]), "dialysis_days": "".join(said["dialysis_days"])}
        return Draft(**{**said, **joined})


def initial_of(person: Person, texts: dict[str, str]) -> dict[str, Any]:
    """Return what stands in the form of a person; ``texts`` are the personal fields, opened for this."""
    plain = (
        "building",
        "consent",
        "agency",
        "every_h",
        "from_h",
        "until_h",
        "grace_min",
        "dialysis_h",
        "birth_due_on",
    )
    return (
        {name: getattr(person, name) for name in plain}
        | texts
        | {
            "site": person.site.name_zh,
            "kinds": [kind.value for kind in person.kind_list],
            "dialysis_days": list(person.dialysis_days),
        }
    )


class CheckForm(Plain):
    found = forms.ChoiceField(choices=Found.choices)
    note = forms.CharField(required=False, max_length=500)


class NeedForm(Plain):
    """An ask in a person's name, with the questions of its service. Who and where is known, and goes along sealed."""

    client_id = forms.RegexField(r"^[A-Za-z0-9-]{8,64}$", widget=forms.HiddenInput)
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True).exclude(group=INTERNAL),
        label=_("What is needed"),
        to_field_name="code",
    )
    text = forms.CharField(
        label=_("In a few words"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = str(self["service"].value() or "")[:40].replace("\x00", "")
        service = Service.objects.filter(code=chosen, is_active=True).exclude(group=INTERNAL).first()
        self.fields.update(fields_of(service))

    def said(self) -> dict[str, Any]:
        """Return what was filled in, the answers apart."""
        return {**self.cleaned_data, "answers": answers_of(self.cleaned_data)}


class SupplyForm(Plain):
    kind = forms.ChoiceField(label=_("What"), choices=SupplyKind.choices)
    label = forms.CharField(label=_("Its name"), required=False, max_length=80)
    amount = forms.FloatField(label=_("How much is left"), min_value=0, max_value=100_000)
    daily_use = forms.FloatField(label=_("How much a day takes"), min_value=0, max_value=100_000)


class LeaveForm(Plain):
    reason = forms.ChoiceField(label=_("Why"), choices=Leaving.choices)


class RevealForm(forms.Form):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices)


class FileForm(Plain):
    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}))


class ListForm(Plain):
    """What narrows the list."""

    site = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *Kind.choices])
    left = forms.BooleanField(label=_("who have left"), required=False)
