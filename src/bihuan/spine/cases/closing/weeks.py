"""Weeks of the city's own time, from Monday to Monday, named as ISO 8601 names them: ``2026-W48``."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

WEEK = timedelta(days=7)


def monday_of(at: datetime) -> date:
    """Return the Monday of the week in which an instant falls in the city."""
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    return day - timedelta(days=day.weekday())


def span_of(monday: date) -> tuple[datetime, datetime]:
    """Return the instants at which a week begins and at which the next one does."""
    return _midnight(monday), _midnight(monday + WEEK)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())


def name_of(monday: date) -> str:
    """Name a week: ``2026-W48``."""
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def parse(name: str) -> date | None:
    """Read a week's name; None for what is none."""
    year, _, week = name.partition("-W")
    if not (year.isascii() and year.isdecimal() and week.isascii() and week.isdecimal() and len(name) == 8):
        return None
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        return None
