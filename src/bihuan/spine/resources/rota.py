"""The rota of an agency as a week of days: who is on when, and where nobody is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from bihuan.spine.accounts.models import Agency
from bihuan.spine.resources.models import Duty, Shift

DAYS = 7
DAY = timedelta(days=1)
# Days that a rota may have: what is nearer to the ends of time can't be reckoned with.
FIRST, LAST = date(2000, 1, 1), date(2999, 12, 31)
# Three shifts round the clock, as hours of the city's day.
THREE = ((0, 8), (8, 16), (16, 24))

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Line:
    """One duty on one day: its shifts and the gaps between them, both cut at midnight."""

    duty: Duty
    shifts: list[tuple[Shift, Span]]
    gaps: list[Span]


@dataclass(frozen=True)
class Day:
    """One day of a rota."""

    on: date
    lines: list[Line]


def week_of(agency: Agency, monday: date) -> list[Day]:
    """Return the seven days that begin with a Monday."""
    shifts = list(
        shifts_between(agency, midnight(monday), midnight(monday + DAYS * DAY)).select_related(
            "person__agency"
        )
    )
    return [_day(monday + n * DAY, shifts) for n in range(DAYS)]


def shifts_between(agency: Agency, from_at: datetime, until_at: datetime) -> QuerySet[Shift]:
    """Return an agency's own shifts that touch a span."""
    touching = Shift.objects.filter(agency=agency, until_at__gt=from_at, from_at__lt=until_at)
    return touching.order_by("from_at", "person_id")


def _day(on: date, shifts: Iterable[Shift]) -> Day:
    span = midnight(on), midnight(on + DAY)
    touching = [shift for shift in shifts if shift.until_at > span[0] and shift.from_at < span[1]]
    return Day(on, [_line(duty, [s for s in touching if s.duty == duty], span) for duty in Duty])


def _line(duty: Duty, shifts: list[Shift], span: Span) -> Line:
    cut = [(shift, (max(shift.from_at, span[0]), min(shift.until_at, span[1]))) for shift in shifts]
    return Line(duty, cut, gaps((part for _, part in cut), span))


def gaps(covered: Iterable[Span], span: Span) -> list[Span]:
    """Return the parts of a span that nothing covers."""
    found, since = [], span[0]
    for from_at, until_at in sorted(covered):
        if from_at > since:
            found.append((since, from_at))
        since = max(since, until_at)
    return [*found, (since, span[1])] if since < span[1] else found


def monday_of(day: date) -> date:
    """Return the Monday of a day's week, of the first or last a rota may have where the day is beyond."""
    day = min(max(day, FIRST), LAST)
    return day - timedelta(days=day.weekday())


def midnight(on: date) -> datetime:
    """Return the instant at which a day begins in the city, in UTC."""
    return datetime.combine(on, time(), timezone.get_default_timezone()).astimezone(UTC)


def three_shifts(first: date, days: int) -> list[Span]:
    """Return the spans of three shifts a day for so many days, in order."""
    return [
        (at(first + n * DAY, from_h), at(first + n * DAY, until_h))
        for n in range(days)
        for from_h, until_h in THREE
    ]


def at(on: date, hour: int) -> datetime:
    """Return an hour of a city's day as an instant; 24 is the next midnight."""
    day, hour = (on + DAY, 0) if hour == 24 else (on, hour)
    return datetime.combine(day, time(hour), timezone.get_default_timezone()).astimezone(UTC)
