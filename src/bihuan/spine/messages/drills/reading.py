"""What came of a drill: for each channel and in all, counted from the rows each time it is asked for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bihuan.spine.messages.models import Called, Drill, DrillMessage, MessageStatus


@dataclass(frozen=True)
class Line:
    """One channel of a drill. ``unreached`` were called but have no address on it; ``median_s`` of those in time."""

    channel: str
    written: int
    handed: int
    failed: int
    waiting: int
    unreached: int
    answered: int
    median_s: float | None

    @property
    def unanswered(self) -> int:
        return max(0, self.handed - self.answered)


@dataclass(frozen=True)
class Result:
    """A drill as it stands: how many were called, how many answered in the window, how many only later."""

    drill: Drill
    called: int
    answered: int
    late: int
    median_s: float | None
    lines: list[Line]

    @property
    def share(self) -> float:
        """The share that answered in the window, in per cent; at least one was called."""
        return 100 * self.answered / self.called if self.called else 0.0


def result_of(drill: Drill) -> Result:
    """Count a drill."""
    return results_of([drill])[0]


def results_of(drills: Iterable[Drill]) -> list[Result]:
    """Count many drills with two questions to the database."""
    drills = list(drills)
    people, rows = defaultdict(list), defaultdict(list)
    for called in Called.objects.filter(drill__in=drills).only("drill_id", "answered_at"):
        people[called.drill_id].append(called)
    sent = DrillMessage.objects.filter(called__drill__in=drills).select_related("called", "message")
    for row in sent.defer("message__body", "message__subject"):
        rows[row.called.drill_id].append(row)
    return [_result(drill, people[drill.pk], rows[drill.pk]) for drill in drills]


def _result(drill: Drill, people: list[Called], rows: list[DrillMessage]) -> Result:
    waits = _waits(drill, (one.answered_at for one in people))
    late = sum(one.answered_at is not None and one.answered_at > drill.until_at for one in people)
    lines = [
        _line(drill, name, [row for row in rows if row.channel == name], len(people))
        for name in drill.channels
    ]
    return Result(drill, len(people), len(waits), late, median(waits) if waits else None, lines)


def _line(drill: Drill, name: str, rows: list[DrillMessage], called: int) -> Line:
    waits = _waits(drill, (row.answered_at for row in rows))
    states = [row.message.status for row in rows]
    return Line(
        channel=name,
        written=len(rows),
        handed=states.count(MessageStatus.SENT),
        failed=states.count(MessageStatus.FAILED),
        waiting=states.count(MessageStatus.WAITING),
        unreached=called - len(rows),
        answered=len(waits),
        median_s=median(waits) if waits else None,
    )


def _waits(drill: Drill, moments: Iterable[datetime | None]) -> list[float]:
    """Return after how many seconds each answer came that came in the window."""
    return [
        (at - drill.started_at).total_seconds() for at in moments if at is not None and at <= drill.until_at
    ]


def list_people(drill: Drill) -> list[Called]:
    """Return who was called: those without an answer first, then by name."""
    found = Called.objects.filter(drill=drill).select_related("person", "agency")
    return sorted(found, key=lambda one: (one.answered_at is not None, str(one.agency), str(one.person)))
