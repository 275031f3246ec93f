"""One promise of one Case as it runs: from when, for how many counted minutes, past which pauses, until when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.models import Calendar, Promised
from bihuan.spine.cases.promises.timetables import Timetable

PROMISES: tuple[str, ...] = tuple(Promised.values)
BY = {promise: f"{promise}_by" for promise in PROMISES}
DONE = {
    Promised.DISPATCH.value: "dispatched_at",
    Promised.ACCEPT.value: "accepted_at",
    Promised.REPLY.value: "replied_at",
    Promised.RESOLVE.value: "resolved_at",
}

Span = tuple[datetime, datetime]


class State(TextChoices):
    """How a promise stands. ``none``: the Case has ended, and nobody will know."""

    WAITING = "waiting", _("has not begun")
    RUNNING = "running", _("running")
    PAUSED = "paused", _("stands still")
    KEPT = "kept", _("kept")
    MISSED = "missed", _("missed")
    NONE = "none", _("no longer matters")


@dataclass(frozen=True)
class Run:
    """A promise of a Case. ``is_ticking``: its clock runs at this moment, so that a rung can be reached."""

    promise: str
    calendar: Calendar
    begins_at: datetime | None
    minutes: int
    pauses: tuple[Span, ...]
    due_at: datetime | None
    done_at: datetime | None
    state: str
    is_ticking: bool
    table: Timetable = field(repr=False, compare=False)

    def at_percent(self, percent: float) -> datetime:
        """Return when so much of the promise's time has passed; beyond 100 it is late.

        Raises
        ------
        ValueError
            when the promise has not begun.
        """
        if self.begins_at is None:
            raise ValueError(f"{self.promise} has not begun")
        return due_after(self.table, self.begins_at, self.minutes * percent / 100, self.pauses)

    def percent(self, now: datetime) -> float:
        """Return how much of the promise's time has passed; it stops where the promise was kept."""
        if self.begins_at is None:
            return 0.0
        return 100 * worked(self.table, self.begins_at, self.done_at or now, self.pauses) / self.minutes


def due_after(table: Timetable, begins_at: datetime, minutes: float, pauses: Iterable[Span]) -> datetime:
    """Return when so many minutes have counted since ``begins_at``, given the pauses in their order."""
    since, left = begins_at, minutes
    for from_at, until_at in pauses:
        if until_at <= since:
            continue
        counted = table.between(since, from_at)
        if counted >= left:
            break
        left -= counted
        since = until_at
    return table.add(since, left)


def worked(table: Timetable, begins_at: datetime, until: datetime, pauses: Iterable[Span]) -> float:
    """Return how many minutes have counted until an instant."""
    since, total = begins_at, 0.0
    for from_at, until_at in pauses:
        if until_at <= since or from_at >= until:
            continue
        total += table.between(since, from_at)
        since = until_at
    return total + table.between(since, until)


def next_rung(runs: Iterable[Run], percents: Iterable[int], after: datetime) -> datetime | None:
    """Return the next instant after ``after`` at which a running promise reaches one of some shares."""
    shares = tuple(percents)
    rungs = (run.at_percent(percent) for run in runs if run.is_ticking for percent in shares)
    return min((at for at in rungs if at > after), default=None)
