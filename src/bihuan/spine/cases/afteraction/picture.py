"""A period counted: by the hour, the clocks that failed, the decisions, the messages.

Counting goes in slices of Events, each added to what was counted before, so that a request can do a short period at
once and the worker a long one bit by bit. What is kept between slices is plain JSON.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.kinds import CONDITIONS, MESSAGES, Kind
from bihuan.spine.cases.afteraction.timeline import Cursor, Window, between, slice_end

SLICE = 20_000
KEPT = 500
SERIES = ("opened", "late", "ended", "decisions")


@dataclass
class Picture:
    """What was counted so far. Hours are counted from 1970, agencies named by number."""

    events: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    hours: dict[str, list[int]] = field(default_factory=dict)
    verbs: dict[str, int] = field(default_factory=dict)
    promises: dict[str, int] = field(default_factory=dict)
    late_agencies: dict[str, int] = field(default_factory=dict)
    messages: dict[str, int] = field(default_factory=dict)
    decisions: list[int] = field(default_factory=list)
    failures: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def add(self, series: str, instants: Iterable[datetime]) -> None:
        """Count instants of a series, in all and by the hour."""
        for at in instants:
            hour = self.hours.setdefault(str(int(at.timestamp()) // 3600), [0] * len(SERIES))
            hour[SERIES.index(series)] += 1
            self.totals[series] = self.totals.get(series, 0) + 1

    @property
    def spans(self) -> list[tuple[datetime, list[int]]]:
        """The hours from the first to the last in which anything happened, also the empty ones between."""
        numbers = sorted(map(int, self.hours))
        every = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
        nothing = [0] * len(SERIES)
        return [
            (datetime.fromtimestamp(number * 3600, UTC), self.hours.get(str(number), nothing))
            for number in every
        ]


def count_next(
    picture: Picture, window: Window, after: Cursor | None, size: int = SLICE
) -> tuple[Cursor | None, int]:
    """Add the next Events to a picture; return the place to go on from, None at the end, and how many were seen."""
    end = slice_end(window, after, size)
    seen = between(window, after, end)
    events = seen.filter(window.wanted())
    looked_at = size if end else seen.count()
    _count_verbs(picture, events)
    _count_moves(picture, events)
    _count_late(picture, events)
    _count_decisions(picture, events)
    _count_messages(picture, events)
    return end, looked_at


def _count_verbs(picture: Picture, events: QuerySet[Event]) -> None:
    verbs = Counter(events.order_by().values_list("verb", flat=True))
    picture.events += verbs.total()
    _sum(picture.verbs, verbs)


def _count_moves(picture: Picture, events: QuerySet[Event]) -> None:
    picture.add("opened", events.filter(verb="opened").values_list("at", flat=True))
    ended = events.filter(detail__set__is_open=False).exclude(verb="opened")
    picture.add("ended", ended.values_list("at", flat=True))


def _count_late(picture: Picture, events: QuerySet[Event]) -> None:
    """Count the promises that failed: most are marked by the worker, some by a move that was quicker."""
    late = events.filter(Q(verb="breached") | Q(detail__set__has_key="breached_at"))
    rows = [
        row
        for row in late.values_list("at", "id", "agency_id", "detail")
        if row[3].get("set", {}).get("breached_at")
    ]
    picture.add("late", (row[0] for row in rows))
    _sum(picture.promises, Counter(str(row[3].get("promise", "")) for row in rows))
    _sum(picture.late_agencies, Counter(str(row[2] or 0) for row in rows))
    picture.failures += [row[1] for row in rows][: KEPT - len(picture.failures)]


def _count_decisions(picture: Picture, events: QuerySet[Event]) -> None:
    rows = list(events.filter(CONDITIONS[Kind.COMMAND]).values_list("at", "id"))
    picture.add("decisions", (at for at, _ in rows))
    picture.decisions += [number for _, number in rows][: KEPT - len(picture.decisions)]


def _count_messages(picture: Picture, events: QuerySet[Event]) -> None:
    for detail in events.filter(verb__in=MESSAGES).values_list("detail", flat=True).iterator(200):
        told = (f"{channel} {status} {template}" for _, _, channel, template, status in detail["messages"])
        _sum(picture.messages, Counter(told))


def _sum(into: dict[str, int], more: Counter[str]) -> None:
    for name, count in more.items():
        into[name] = into.get(name, 0) + count
