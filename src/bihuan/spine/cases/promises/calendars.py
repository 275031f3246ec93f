"""Calendars as rows, and the timetables made of them: hours of the week, shift tables, Chinese holidays, exceptions.

Holidays and make-up workdays come from the ``holidays`` library, which holds what the State Council has
announced. A year not announced yet has its statutory holidays only: update the library each November. A
timetable is kept under what the row says, so that an edited calendar is another one at once, in every process.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import holidays
from django.utils.translation import get_language, gettext_noop

from bihuan.kernel import clock
from bihuan.spine.cases.models import Calendar, CalendarKind
from bihuan.spine.cases.promises.timetables import DAY_MIN, DaySpans, Minutes, Timetable

ALWAYS = "always"
WORKING = "working"
SATURDAY = 5
KEPT = 500
OFFICE_HOURS = [["08:30", "12:00"], ["14:00", "17:30"]]
FIRST: tuple[dict[str, Any], ...] = (
    {
        "code": ALWAYS,
        "name_zh": "全天候",
        "name_en": gettext_noop("Round the clock"),
        "kind": CalendarKind.ALWAYS,
    },
    {
        "code": WORKING,
        "name_zh": "工作时间",
        "name_en": gettext_noop("Working hours"),
        "kind": CalendarKind.WEEKLY,
        "hours": {str(weekday): OFFICE_HOURS for weekday in range(5)},
        "follows_holidays": True,
    },
)

Hours = Mapping[str, Any]


def ensure() -> dict[str, Calendar]:
    """Write the two calendars that every city begins with, where they are missing; return all by code."""
    found = Calendar.objects.in_bulk(field_name="code")
    missing = [Calendar(**row, changed_at=clock.now()) for row in FIRST if row["code"] not in found]
    if missing:
        Calendar.objects.bulk_create(missing, ignore_conflicts=True)
        found = Calendar.objects.in_bulk(field_name="code")
    return found


def timetable(calendar: Calendar) -> Timetable:
    """Return which minutes count by a calendar."""
    hours, exceptions = (json.dumps(one, sort_keys=True) for one in (calendar.hours, calendar.exceptions))
    return _timetable(calendar.kind, calendar.follows_holidays, hours, exceptions)


def day_minutes(calendar: Calendar) -> int:
    """Return what "a day" of a calendar is when somebody promises days: 24 hours, or the hours of its longest day."""
    if calendar.kind == CalendarKind.ALWAYS:
        return DAY_MIN
    days = (
        calendar.hours.values() if calendar.kind == CalendarKind.WEEKLY else calendar.hours.get("cycle", [])
    )
    return (
        max((sum(until - start for start, until in minutes_of(day)) for day in days), default=DAY_MIN)
        or DAY_MIN
    )


@cache
def is_workday(day: date) -> bool:
    """Say whether offices work on a day: neither weekend nor holiday, or a make-up workday."""
    return bool(_china(day.year).is_working_day(day))


def holiday_name(day: date) -> str:
    """Return what is celebrated on a day; nothing on any other."""
    language = "en_US" if (get_language() or "").startswith("en") else "zh_CN"
    return str(_china(day.year, language).get(day, ""))


def special_days(first: date, days: int) -> list[tuple[date, str]]:
    """Return the holidays, with their names, and the make-up workdays, without one, of some days."""
    all_days = (first + timedelta(days=n) for n in range(days))
    named = ((day, holiday_name(day)) for day in all_days)
    return [(day, name) for day, name in named if name or (day.weekday() >= SATURDAY and is_workday(day))]


def minutes_of(spans: Sequence[Sequence[str]]) -> list[Minutes]:
    """Read spans such as ``["22:00", "06:00"]``; one that ends no later than it begins ends on the next day.

    Raises
    ------
    ValueError
        when something is no time of day.
    """
    read = [(minute_of(start), minute_of(until)) for start, until in spans]
    return [(start, until if until > start else until + DAY_MIN) for start, until in read]


def minute_of(text: str) -> int:
    """Read a time of day as minutes since midnight; ``24:00`` is the end of the day."""
    hours, colon, minutes = text.strip().replace("：", ":").partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        raise ValueError(f"{text!r} is no time of day")
    minute = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or minute > DAY_MIN:
        raise ValueError(f"{text!r} is no time of day")
    return minute


@lru_cache(maxsize=KEPT)
def _timetable(kind: str, follows: bool, hours: str, exceptions: str) -> Timetable:
    if kind == CalendarKind.ALWAYS:
        return Timetable(None)
    said, special = json.loads(hours), json.loads(exceptions)
    plain = _shifts(said) if kind == CalendarKind.SHIFTS else _week(said)

    def spans_of(day: date) -> Sequence[Minutes]:
        if (own := special.get(day.isoformat())) is not None:
            return minutes_of(own)
        if follows and (holiday := _by_holiday(day, plain)) is not None:
            return holiday
        return plain(day)

    return Timetable(spans_of)


def _by_holiday(day: date, plain: DaySpans) -> Sequence[Minutes] | None:
    """Return what a holiday or a make-up workday does to a day; None on all others."""
    if day in _china(day.year):
        return []
    if day.weekday() < SATURDAY or not is_workday(day):
        return None
    # The weekday that is made up for is not published with all of them: Monday stands for each.
    return plain(day - timedelta(days=day.weekday()))


def _week(hours: Hours) -> DaySpans:
    days = [minutes_of(hours.get(str(weekday), [])) for weekday in range(7)]
    return lambda day: days[day.weekday()]


def _shifts(hours: Hours) -> DaySpans:
    cycle = [minutes_of(day) for day in hours["cycle"]]
    first = date.fromisoformat(hours["from"])
    return lambda day: cycle[(day - first).days % len(cycle)]


@cache
def _china(year: int, language: str = "zh_CN") -> holidays.HolidayBase:
    return holidays.country_holidays("CN", years=year, language=language)
