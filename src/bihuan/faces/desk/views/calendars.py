"""Calendars: which minutes count, with a picture of the days to come."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bihuan.faces.desk.guard import StaffRequest, staff
from bihuan.faces.desk.leveling import WEEKDAYS, CalendarForm, calendar_said, hour
from bihuan.faces.desk.views.levels import recounts
from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Calendar
from bihuan.spine.cases.promises import calendaring, calendars
from bihuan.spine.cases.promises.calendars import ALWAYS, holiday_name, is_workday, special_days, timetable
from bihuan.spine.cases.promises.timetables import DAY_MIN

SHOWN_DAYS = 14
AHEAD_DAYS = 400
SPECIAL_SHOWN = 12


@dataclass(frozen=True)
class Bar:
    """Open hours of a day, as a share of it in percent."""

    x: float
    width: float


@dataclass(frozen=True)
class Day:
    """One day of the picture."""

    day: date
    weekday: Any
    bars: list[Bar]
    words: str
    remark: str


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD"])
def calendar_list(request: StaffRequest) -> HttpResponse:
    """List the calendars and the holidays to come."""
    rows = sorted(calendars.ensure().values(), key=lambda row: row.code)
    known = [{"calendar": row, "days": picture(row, 7)} for row in rows]
    special = special_days(_today(), AHEAD_DAYS)[:SPECIAL_SHOWN]
    context = {
        "known": known, "special": [(day, WEEKDAYS[day.weekday()], name) for day, name in special],
        "recounts": recounts(), "year": _last_announced(),
    }  # fmt: skip
    return render(request, "desk/calendars.html", context)


@staff(Permission.RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_edit(request: StaffRequest, calendar_id: int = 0) -> HttpResponse:
    """Show the form of a calendar, and take in what was typed."""
    calendar = _calendar(calendar_id) if calendar_id else None
    if request.method != "POST":
        return _form(request, calendar, CalendarForm(initial=calendar_said(calendar) if calendar else {}))
    form = CalendarForm(request.POST)
    if calendar:
        form.fields["code"].required = False
    if form.is_valid():
        try:
            _save(request, calendar, form)
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            messages.success(request, _("The calendar is saved."))
            return redirect("desk:calendars")
    return _form(request, calendar, form, status=422)


def _save(request: StaffRequest, calendar: Calendar | None, form: CalendarForm) -> None:
    if calendar is None:
        calendaring.add_calendar(code=form.cleaned_data["code"], wanted=form.wanted, by=request.user)
        return
    seen = parse_datetime(request.POST.get("seen", ""))
    calendaring.edit_calendar(calendar=calendar, wanted=form.wanted, seen=seen, by=request.user)


def _form(
    request: StaffRequest, calendar: Calendar | None, form: CalendarForm, status: int = 200
) -> HttpResponse:
    days = picture(calendar, SHOWN_DAYS) if calendar else []
    is_fixed = calendar is not None and calendar.code == ALWAYS
    seen = calendar.changed_at.isoformat() if calendar and calendar.changed_at else ""
    context = {"calendar": calendar, "form": form, "days": days, "is_fixed": is_fixed, "seen": seen}
    return render(request, "desk/calendar.html", context, status=status)


def picture(calendar: Calendar, days: int) -> list[Day]:
    """Return the next days of a calendar as they can be drawn and read."""
    return [_day(calendar, _today() + timedelta(days=n)) for n in range(days)]


def _day(calendar: Calendar, day: date) -> Day:
    spans = timetable(calendar).spans_of(day)
    bars = [Bar(100 * a / DAY_MIN, 100 * (min(b, DAY_MIN) - a) / DAY_MIN) for a, b in spans]
    words = ", ".join(f"{hour(a)}–{hour(b if b <= DAY_MIN else b - DAY_MIN)}" for a, b in spans)
    return Day(day, WEEKDAYS[day.weekday()], bars, words or _("no hours"), _remark(calendar, day))


def _remark(calendar: Calendar, day: date) -> str:
    if day.isoformat() in calendar.exceptions:
        return _("different on this day")
    if not calendar.follows_holidays:
        return ""
    made_up = _("make-up workday") if day.weekday() >= calendars.SATURDAY and is_workday(day) else ""
    return holiday_name(day) or made_up


def _today() -> date:
    return timezone.localtime(clock.now()).date()


def _last_announced() -> int:
    """Return the last year whose make-up workdays are known: only an announced year has any."""
    year = _today().year
    while any(not name for _day, name in special_days(date(year + 1, 1, 1), 365)):
        year += 1
    return year


def _calendar(calendar_id: int) -> Calendar:
    found = Calendar.objects.filter(pk=calendar_id).first()
    if found is None:
        raise Http404
    return found
