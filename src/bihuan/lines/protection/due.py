"""When something is due: the next check by a rota, the day a supply ends, the warnings before it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

LEAD_DAYS = (7, 3, 1)
"""So many days before a supply ends somebody is warned, so that it can be fetched."""

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rota:
    """How often somebody is looked in on, and within which hours of the day (local; 0 to 24 is round the clock).

    Parameters
    ----------
    every_h : hours from one check to the next, at least 1.
    from_h, until_h : the first and the last hour of the day, ``0 <= from_h < until_h <= 24``.
    grace_min : minutes after which a check that is due counts as missed.
    """

    every_h: int
    from_h: int
    until_h: int
    grace_min: int
    zone: tzinfo

    def __post_init__(self) -> None:
        if self.every_h < 1 or not 0 <= self.from_h < self.until_h <= 24:
            raise ValueError(f"no rota: every {self.every_h} h from {self.from_h} until {self.until_h}")

    def missed_at(self, due_at: datetime) -> datetime:
        """Return when a check that was due counts as missed."""
        return due_at + timedelta(minutes=self.grace_min)


def first_check(rota: Rota, now: datetime) -> datetime:
    """Return when somebody new is looked in on: now, or when the day's hours begin."""
    return now if is_within(rota, now) else _next_opening(rota, now)


def next_check(rota: Rota, seen_at: datetime) -> datetime:
    """Return the moment by which somebody seen at ``seen_at`` is to be seen again.

    Never later than the rota says where the hours of the day allow it: what would fall into the night is due at
    the end of the hours before. Only when there are none in between it waits for the next morning.
    """
    latest = seen_at + timedelta(hours=rota.every_h)
    if is_within(rota, latest):
        return latest
    closing = _last_closing(rota, latest)
    return closing if closing > seen_at else _next_opening(rota, seen_at)


def is_within(rota: Rota, at: datetime) -> bool:
    """Say whether an instant lies in the hours of the day; both ends count."""
    local = at.astimezone(rota.zone)
    return any(
        opening <= at <= closing
        for opening, closing in (_hours(rota, local.date() + k * DAY) for k in (-1, 0))
    )


def _hours(rota: Rota, day: date) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time(), rota.zone)
    # Wall-clock hours: on a day with a shift of the clocks they are longer or shorter.
    return midnight + timedelta(hours=rota.from_h), midnight + timedelta(hours=rota.until_h)


def _last_closing(rota: Rota, before: datetime) -> datetime:
    today = before.astimezone(rota.zone).date()
    closings = [_hours(rota, today - k * DAY)[1] for k in range(3)]
    return max(closing for closing in closings if closing <= before)


def _next_opening(rota: Rota, after: datetime) -> datetime:
    today = after.astimezone(rota.zone).date()
    openings = [_hours(rota, today + k * DAY)[0] for k in range(3)]
    return min(opening for opening in openings if opening > after)


def runs_out(amount: float, daily_use: float, counted_at: datetime) -> datetime | None:
    """Return when a supply ends that was counted once and is used evenly; None when nothing is used.

    Parameters
    ----------
    amount, daily_use : in the same unit, not negative.
    """
    if daily_use <= 0:
        return None
    # Ten years are for ever; beyond, a date can't be reckoned with.
    return counted_at + timedelta(days=min(amount / daily_use, 3650.0))


def left(amount: float, daily_use: float, counted_at: datetime, now: datetime) -> float:
    """Return what should be left by now, never less than nothing."""
    days = max(0.0, (now - counted_at) / DAY)
    return max(0.0, amount - daily_use * days)


def next_warning(runs_out_at: datetime, given: int | None) -> datetime | None:
    """Return when the next warning is due, after the one that was given ``given`` days ahead (None: none was)."""
    ahead = [days for days in LEAD_DAYS if given is None or days < given]
    return runs_out_at - max(ahead) * DAY if ahead else None


def warning_of(runs_out_at: datetime, now: datetime) -> int | None:
    """Return how many days ahead the warning is that now holds: the most urgent one that is due."""
    return min((days for days in LEAD_DAYS if now >= runs_out_at - days * DAY), default=None)


def next_weekday(weekdays: frozenset[int], hour: int, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the next session that is held on these days of the week (Monday is 0) at an hour."""
    today = now.astimezone(zone).date()
    days = (today + k * DAY for k in range(8))
    sessions = (datetime.combine(day, time(hour), zone) for day in days if day.weekday() in weekdays)
    return next((session for session in sessions if session >= now), None)
