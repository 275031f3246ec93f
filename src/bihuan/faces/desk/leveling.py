"""The forms of service levels and calendars: everything is typed in words of the field, nothing in JSON."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bihuan.faces.desk.forms import DeedForm
from bihuan.faces.desk.widgets import PlainSelect
from bihuan.kernel.errors import Refused
from bihuan.spine.cases.models import Calendar, CalendarKind, Level, Service, Urgency
from bihuan.spine.cases.promises import spans
from bihuan.spine.cases.promises.calendaring import Wanted
from bihuan.spine.cases.promises.calendars import day_minutes, minute_of
from bihuan.spine.cases.promises.levels import MINUTES
from bihuan.spine.cases.states import Priority
from bihuan.spine.places.models import ZoneState

PROMISES = {
    "dispatch_min": _("Dispatch within"),
    "accept_min": _("Accept within"),
    "reply_min": _("First reply within"),
    "resolve_min": _("Resolve within"),
}
WEEKDAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
CLOSED = ("closed", "休", "-", "")
SEPARATOR = re.compile(r"[,，;；、]")
DASH = re.compile(r"[-–—~～至]")


def _choices(pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    return [("", _("any")), *pairs]


class LineForm(DeedForm):
    """One line of the service levels: for which cases, and how soon what."""

    service = forms.ModelChoiceField(
        Service.objects.all(), label=_("Service"), required=False, empty_label=_("any"), widget=PlainSelect
    )
    urgency = forms.ChoiceField(label=_("Class"), required=False, choices=_choices(Urgency.choices))
    priority = forms.ChoiceField(label=_("Priority"), required=False, choices=_choices(Priority.choices))
    zone_state = forms.ChoiceField(label=_("Zone"), required=False, choices=_choices(ZoneState.choices))
    from_min = forms.CharField(label=_("Asked from"), required=False, max_length=5)
    until_min = forms.CharField(label=_("until"), required=False, max_length=5)
    calendar = forms.ModelChoiceField(
        Calendar.objects.all(), label=_("Calendar"), empty_label=None, widget=PlainSelect
    )
    dispatch_min = forms.CharField(label=PROMISES["dispatch_min"], max_length=40)
    accept_min = forms.CharField(label=PROMISES["accept_min"], max_length=40)
    reply_min = forms.CharField(label=PROMISES["reply_min"], max_length=40)
    resolve_min = forms.CharField(label=PROMISES["resolve_min"], max_length=40)

    def clean_from_min(self) -> int | None:
        return self._minute("from_min")

    def clean_until_min(self) -> int | None:
        return self._minute("until_min")

    def _minute(self, name: str) -> int | None:
        text = self.cleaned_data[name].strip()
        try:
            return minute_of(text) if text else None
        except ValueError as error:
            raise forms.ValidationError(gettext("Write an hour such as 22:00.")) from error

    def clean(self) -> dict[str, Any]:
        calendar = self.cleaned_data.get("calendar")
        day = day_minutes(calendar) if calendar else spans.DAY_MIN
        for name in MINUTES:
            try:
                self.cleaned_data[name] = spans.read(self.cleaned_data.get(name, ""), day)
            except Refused as refused:
                self.add_error(name, refused.message)
        return self.cleaned_data

    @property
    def fields_said(self) -> dict[str, Any]:
        """What the form says, as a line of the levels has it."""
        said = dict(self.cleaned_data)
        service, calendar = said.pop("service"), said.pop("calendar")
        return said | {"service_id": service.pk if service else None, "calendar_id": calendar.pk}


def line_said(line: Level) -> dict[str, Any]:
    """Return a line as its form shows it."""
    day = day_minutes(line.calendar)
    plain = {
        name: getattr(line, name) for name in ("service", "urgency", "priority", "zone_state", "calendar")
    }
    typed = {name: spans.typed(getattr(line, name), day) for name in MINUTES}
    return plain | typed | {name: hour(getattr(line, name)) for name in ("from_min", "until_min")}


def hour(minute: int | None) -> str:
    """Write a minute of the day as an hour."""
    return "" if minute is None else f"{minute // 60:02}:{minute % 60:02}"


# --- Calendars ----------------------------------------------------------------------------------------


class CalendarForm(DeedForm):
    """A calendar: a week of hours, or a table of shifts; holidays; single days that are different."""

    name_zh = forms.CharField(label=_("Chinese name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("small letters, for programs"))
    kind = forms.ChoiceField(
        label=_("Which minutes count"),
        choices=[choice for choice in CalendarKind.choices if choice[0] != CalendarKind.ALWAYS],
    )
    follows_holidays = forms.BooleanField(
        label=_("Closed on public holidays, open on make-up workdays"), required=False
    )
    cycle_from = forms.DateField(label=_("The table of shifts begins on"), required=False)
    cycle = forms.CharField(label=_("Shifts, a line for each day of the table"), required=False)
    exceptions = forms.CharField(label=_("Days that are different"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day, label in enumerate(WEEKDAYS):
            self.fields[f"day{day}"] = forms.CharField(label=label, required=False, max_length=120)
            self.fields[f"day{day}"].widget.attrs["class"] = "input"
        for name in ("cycle", "exceptions"):
            self.fields[name].widget = forms.Textarea(attrs={"rows": 4, "class": "input"})
        self.fields["cycle_from"].widget = forms.DateInput(
            attrs={"type": "date", "class": "input"}, format="%Y-%m-%d"
        )
        self.fields["follows_holidays"].widget.attrs.pop("class", None)

    def clean(self) -> dict[str, Any]:
        for name, read in READERS.items():
            self._read(name, read)
        for day in range(len(WEEKDAYS)):
            self._read(f"day{day}", read_spans)
        return self.cleaned_data

    def _read(self, name: str, read: Any) -> None:
        try:
            self.cleaned_data[name] = read(self.cleaned_data.get(name) or "")
        except ValueError:
            self.add_error(name, gettext("Write hours such as 08:30-12:00, 14:00-17:30."))

    @property
    def wanted(self) -> Wanted:
        """What the form says, as the calendar's row has it."""
        said = self.cleaned_data
        plain = {
            name: said[name] for name in ("name_zh", "name_en", "kind", "follows_holidays", "exceptions")
        }
        return Wanted(**plain, hours=self._shifts() if said["kind"] == CalendarKind.SHIFTS else self._week())

    def _week(self) -> dict[str, Any]:
        days = {str(day): self.cleaned_data[f"day{day}"] for day in range(len(WEEKDAYS))}
        return {day: hours for day, hours in days.items() if hours}

    def _shifts(self) -> dict[str, Any]:
        begins = self.cleaned_data["cycle_from"]
        return {"from": begins.isoformat() if begins else "", "cycle": self.cleaned_data["cycle"]}


def read_spans(text: str) -> list[list[str]]:
    """Read "08:30-12:00, 14:00-17:30"; nothing, or "closed", is a day without hours."""
    if text.strip().lower() in CLOSED:
        return []
    pairs = [[part.strip() for part in DASH.split(one)] for one in SEPARATOR.split(text) if one.strip()]
    for start, until in pairs:
        minute_of(start), minute_of(until)
    return pairs


def read_cycle(text: str) -> list[list[list[str]]]:
    """Read a table of shifts, a line for each day."""
    return [read_spans(line) for line in text.splitlines()]


def read_exceptions(text: str) -> dict[str, list[list[str]]]:
    """Read days that are different: "2026-12-25 closed", a line for each."""
    said = (line.strip().replace("：", ":").partition(" ") for line in text.splitlines() if line.strip())
    return {date.fromisoformat(day.rstrip(":")).isoformat(): read_spans(hours) for day, _space, hours in said}


READERS = {"cycle": read_cycle, "exceptions": read_exceptions}


def calendar_said(calendar: Calendar) -> dict[str, Any]:
    """Return a calendar as its form shows it."""
    said = {
        name: getattr(calendar, name) for name in ("name_zh", "name_en", "code", "kind", "follows_holidays")
    }
    if calendar.kind == CalendarKind.SHIFTS:
        days = [spans_said(day) or "-" for day in calendar.hours["cycle"]]
        said |= {"cycle_from": calendar.hours["from"], "cycle": "\n".join(days)}
    else:
        said |= {f"day{day}": spans_said(hours) for day, hours in calendar.hours.items()}
    return said | {"exceptions": "\n".join(exceptions_said(calendar.exceptions))}


def spans_said(hours: list[list[str]]) -> str:
    """Write the hours of a day as they are typed."""
    return ", ".join("-".join(span) for span in hours)


def exceptions_said(exceptions: Mapping[str, Any]) -> list[str]:
    """Write the days that are different as they are typed."""
    return [f"{day} {spans_said(hours) or 'closed'}" for day, hours in sorted(exceptions.items())]
