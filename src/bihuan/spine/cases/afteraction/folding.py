"""A Case at any instant, from its Events alone.

Each Event tells in ``set`` which columns of the Case were written and in ``rows`` the same of its tasks, assignments
and pauses (``changes`` writes them). Laid over each other in the order of their ids they give the Case: whoever
writes a Case holds its row until the Event is written, so for one Case the ids are in the order of what happened.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from bihuan.spine.audit.models import Event

CHUNK = 2_000
Columns = dict[str, Any]


@dataclass
class Folded:
    """What Events tell of one Case. A column that no Event named holds what every new row begins with."""

    case_id: int
    case: Columns = field(default_factory=dict)
    rows: dict[str, dict[int, Columns]] = field(default_factory=dict)
    last_event_id: int = 0

    def lay(self, event_id: int, detail: dict[str, Any]) -> None:
        """Lay the next Event over what came before."""
        self.case |= detail.get("set", {})
        for table, told in detail.get("rows", {}).items():
            known = self.rows.setdefault(table, {})
            for number, columns in told.items():
                known[int(number)] = known.get(int(number), {}) | columns
        self.last_event_id = event_id


def state_at(case_id: int, at: datetime) -> Folded | None:
    """Return a Case as it stood at an instant; None where it had not been opened yet."""
    events = _in_order(Event.objects.filter(case_id=case_id, at__lte=at))
    return next(fold(events.values_list("case_id", "id", "detail")), None)


def states(low: int, high: int, at: datetime | None = None) -> Iterator[Folded]:
    """Yield the Cases numbered from ``low`` to ``high``, at an instant or as they stand; one in memory at a time."""
    events = Event.objects.filter(case_id__range=(low, high))
    if at is not None:
        events = events.filter(at__lte=at)
    yield from fold(_in_order(events).values_list("case_id", "id", "detail").iterator(CHUNK))


def fold(events: Iterable[tuple[int | None, int, Any]]) -> Iterator[Folded]:
    """Fold (Case, number, detail) of Events that come Case by Case."""
    for case_id, told in groupby(events, key=lambda row: row[0]):
        folded = Folded(case_id or 0)
        for _, event_id, detail in told:
            folded.lay(event_id, detail)
        if folded.case:
            yield folded


def _in_order(events: QuerySet[Event]) -> QuerySet[Event]:
    return events.order_by("case_id", "id")
