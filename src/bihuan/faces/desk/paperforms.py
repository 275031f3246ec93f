"""What the pages for paper ask: how many forms, what stands on one, which list is to be printed."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk import telephone
from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.rotaforms import DAY, day, hour, instant
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import normal_phone
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.cases.models import Service
from bihuan.spine.cases.questions import PREFIX, answers_of, fields_of
from bihuan.spine.cases.reading import Purpose
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.models import Block, Result
from bihuan.spine.paper.numbers import MOST
from bihuan.spine.places.models import District, Site
from bihuan.spine.resources.models import Team
from bihuan.spine.resources.queries import list_people, list_teams

LIFE = "life"
URGENCY = ((LIFE, _("life is in danger")), ("today", _("today")), ("wait", _("can wait")))
SPECIAL = (
    ("old", _("over 60")),
    ("infant", _("small children")),
    ("pregnant", _("pregnant")),
    ("disabled", _("disabled")),
)
LANGUAGES = telephone.LANGUAGES
_FEW = {"class": "input", "autocomplete": "off"}
# Places that fit what is typed so far; the page has one list for all its fields.
_FINDS = {
    "list": "sites", "autocomplete": "off", "hx-get": reverse_lazy("desk:sites"), "hx-target": "#sites",
    "hx-trigger": "input changed delay:200ms", "hx-include": "this", "hx-sync": "this:replace",
}  # fmt: skip


def _line(label: Any, most: int, **attrs: str) -> forms.CharField:
    widget = forms.TextInput({**_FEW, **attrs})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


class SiteNameForm(DeedForm):
    """A form that names a place by what it is called."""

    site = forms.CharField(label=_("Compound"), max_length=120, widget=forms.TextInput(_FINDS))

    def clean_site(self) -> Site | None:
        typed = self.cleaned_data["site"]
        if not typed:
            return None
        spot = telephone.spot_of(typed)
        if spot is None or spot.site_id is None:
            raise forms.ValidationError(_("There is no place of just this name."))
        return Site.objects.get(pk=spot.site_id)


class ReserveForm(SiteNameForm):
    """How many forms, for whom."""

    count = forms.IntegerField(label=_("How many forms"), min_value=1, max_value=MOST, initial=20)
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True), label=_("Service"), required=False,
        empty_label=_("for any need"), widget=PlainSelect,
    )  # fmt: skip
    district = forms.ModelChoiceField(
        District.objects.defer("outline"), label=_("District or street"), required=False, widget=PlainSelect
    )
    agency = forms.ModelChoiceField(
        Agency.objects.filter(is_active=True), label=_("Office"), required=False, widget=PlainSelect
    )
    field_order = ("count", "service", "district", "site", "agency")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].required = False


class PaperForm(forms.Form):
    """What stands on a form, field by field in the order of the paper."""

    asked_at = forms.DateTimeField(
        label=_("Date and time on the form"), required=False,
        widget=forms.DateTimeInput({**_FEW, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    name = _line(_("Name"), 60)
    phone = _line(_("Telephone"), 24, type="tel", inputmode="tel")
    site = forms.CharField(
        label=_("Compound or place"),
        max_length=120,
        required=False,
        widget=forms.TextInput({**_FINDS, "class": "input"}),
    )
    door = _line(_("Building, unit and door"), 60)
    service = forms.ModelChoiceField(
        Service.objects.filter(is_active=True), to_field_name="code", label=_("Service"), widget=PlainSelect
    )
    text = forms.CharField(
        label=_("What is needed"), max_length=1500, widget=forms.Textarea({**_FEW, "rows": "4"})
    )
    urgency = forms.ChoiceField(
        label=_("How urgent"), required=False, choices=[("", "—"), *URGENCY], widget=PlainSelect
    )
    people = forms.IntegerField(
        label=_("People in the household"), required=False, min_value=1, max_value=99,
        widget=forms.NumberInput(_FEW),
    )  # fmt: skip
    special = forms.MultipleChoiceField(
        label=_("Among them"), required=False, choices=SPECIAL, widget=forms.CheckboxSelectMultiple
    )
    medicine = _line(_("Medicines, and for how many days they last"), 300)
    language = forms.ChoiceField(
        label=_("Language of the form"), choices=LANGUAGES, widget=PlainSelect, required=False
    )
    field_order = ("asked_at", "name", "phone", "site", "door", "service", "text")

    def __init__(self, block: Block, *args: Any, service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = block.service or service
        after = list(self.fields)
        asked = fields_of(known)
        for field in asked.values():
            field.required = False  # what was left out on paper can't be asked here
        self.fields |= asked
        self.order_fields([*after[: after.index("urgency")], *asked, *after[after.index("urgency") :]])
        self.fields["service"].initial = known.code if known else None
        self.fields["site"].initial = str(block.site) if block.site else ""
        for name in ("service", "urgency", "language"):
            self.fields[name].widget.attrs["class"] = "input"
        # Another service asks other questions: they are fetched without losing what is typed.
        asks = {"hx-get": "", "hx-trigger": "change", "hx-select": "#questions", "hx-target": "#questions"}
        self.fields["service"].widget.attrs |= {**asks, "hx-swap": "outerHTML"}

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return normal_phone(typed) if typed else ""
        except Refused as refused:
            raise forms.ValidationError(refused.message) from refused

    @property
    def is_grave(self) -> bool:
        return bool(self.cleaned_data.get("urgency") == LIFE)

    @property
    def payload(self) -> dict[str, Any]:
        """Return what goes to the door; what no question of the service asks goes below the words."""
        said = self.cleaned_data
        words = {name: said[name] for name in ("name", "phone", "site", "door", "language")}
        words |= {"text": "\n".join([said["text"], *self._ticked()]), "service": said["service"].code}
        spot = telephone.spot_of(said["site"])
        where = {"lon": spot.lon, "lat": spot.lat} if spot else {}
        everything = words | where | {"answers": answers_of(said)}
        return {name: value for name, value in everything.items() if value not in ("", None)}

    def _ticked(self) -> list[str]:
        said = self.cleaned_data
        special = ", ".join(str(label) for code, label in SPECIAL if code in said["special"])
        told = {
            "urgency": dict(URGENCY).get(said["urgency"]), "people": said["people"], "special": special,
            "medicine": said["medicine"],
        }  # fmt: skip
        return [f"{self.fields[name].label}: {value}" for name, value in told.items() if value]

    @property
    def parts(self) -> tuple[list[forms.BoundField], list[forms.BoundField], list[forms.BoundField]]:
        """Return the fields before the service's questions, the questions, and the fields after them."""
        asked = [self[name] for name in self.fields if name.startswith(PREFIX)]
        plain = [self[name] for name in self.fields if not name.startswith(PREFIX)]
        cut = next(place for place, field in enumerate(plain) if field.name == "urgency")
        return plain[:cut], asked, plain[cut:]


class ListForm(DeedForm):
    """For what a list is printed, and whether names and telephones are needed in full."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, initial=Purpose.VISIT)
    with_names = forms.BooleanField(label=_("Names and telephones in full"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_names"].widget.attrs["class"] = "tick"

    @property
    def opening(self) -> Opening:
        return Opening(self.cleaned_data["purpose"], self.cleaned_data["with_names"])


class BuildingForm(SiteNameForm, ListForm):
    """A building, or a whole compound."""

    building = forms.CharField(
        label=_("Building (all, if left out)"), max_length=20, required=False, widget=forms.TextInput
    )
    field_order = ("site", "building", "purpose", "with_names")


class ShiftListForm(ListForm):
    """A team or a person, and the hours of a shift."""

    unit = forms.ChoiceField(label=_("Team or person"))
    on = day(_("Day"))
    since = hour(_("From"))
    until = hour(_("Until"))
    field_order = ("unit", "on", "since", "until", "purpose", "with_names")

    def __init__(self, by: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {f"team-{one.pk}": one for one in list_teams(by)}
        self.people = {f"person-{one.pk}": one for one in list_people(by)}
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            (code, str(one)) for code, one in (self.teams | self.people).items()
        ]
        now = timezone.localtime(clock.now())
        self.initial = {"on": now.date(), "since": time(now.hour), "until": time((now.hour + 8) % 24)}

    @property
    def who(self) -> dict[str, Team | User | None]:
        code = self.cleaned_data["unit"]
        return {"team": self.teams.get(code), "person": self.people.get(code)}

    @property
    def span(self) -> tuple[datetime, datetime]:
        """Return the hours; a shift that ends before it begins ends the next day."""
        on: date = self.cleaned_data["on"]
        since, until = instant(on, self.cleaned_data["since"]), instant(on, self.cleaned_data["until"])
        return since, until if until > since else instant(on + DAY, self.cleaned_data["until"])


RESULTS = [("", "—"), *Result.choices]


class TickForm(DeedForm):
    """What came of one row."""

    result = forms.ChoiceField(label=_("Result"), choices=RESULTS, required=False)
    why = _line(_("Why, or what else"), 400)
