"""A period of the audit, page by page in the order of what happened: the same cost at the first page and the last.

What is sought may be rare among millions. A page therefore looks at so many Events at most and then says how far it
looked, instead of keeping everybody waiting.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.kinds import CONDITIONS

PAGE = 100
LOOKED_AT = 50_000
LOOKS = 4
STREAMED = 2_000


class Cursor(NamedTuple):
    """A place in the timeline: just behind this Event."""

    at: datetime
    event_id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.event_id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read what ``str(cursor)`` wrote; None from anything else."""
        at, _, number = text.partition(",")
        try:
            found = cls(datetime.fromisoformat(at), int(number))
        except ValueError:
            return None
        return found if found.at.tzinfo and 0 <= found.event_id < 2**63 else None


@dataclass(frozen=True)
class Window:
    """What a timeline shows: from one instant to before another; where no agency, service or kind is named, all."""

    from_at: datetime
    until_at: datetime
    agencies: tuple[int, ...] = ()
    services: tuple[int, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether only some agencies or services are shown."""
        return bool(self.agencies or self.services)

    def all_events(self) -> QuerySet[Event]:
        """Return every Event of the period, in order."""
        return Event.objects.filter(at__gte=self.from_at, at__lt=self.until_at).order_by("at", "id")

    def wanted(self) -> Q:
        """Return the condition that agencies, services and kinds make."""
        wanted = Q()
        if self.agencies:
            wanted &= Q(agency_id__in=self.agencies)
        if self.services:
            wanted &= Q(detail__service__in=self.services)
        if self.kinds:
            kinds = Q(pk__in=[])
            for kind in self.kinds:
                kinds |= CONDITIONS[kind]
            wanted &= kinds
        return wanted


@dataclass(frozen=True)
class Page:
    """Some Events in order, and where to go on; ``is_cut`` when it looked as far as it may and found few."""

    events: list[Event]
    next: Cursor | None
    is_cut: bool = False


def page(window: Window, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """Return the next Events of a timeline."""
    found: list[Event] = []
    for _ in range(LOOKS):
        end = slice_end(window, after)
        events = between(window, after, end).filter(window.wanted()).select_related("actor")
        found += events[: limit + 1 - len(found)]
        if len(found) > limit:
            last = found[limit - 1]
            return Page(found[:limit], Cursor(last.at, last.pk))
        if end is None:
            return Page(found, None)
        after = end
    return Page(found, after, is_cut=True)


def stream(window: Window, most: int | None = None) -> Iterator[Event]:
    """Yield all Events of a timeline, or at most so many; a few thousand are in memory at a time."""
    after, left = None, most
    while left is None or left > 0:
        part = page(window, after, STREAMED if left is None else min(STREAMED, left))
        yield from part.events
        after, left = part.next, None if left is None else left - len(part.events)
        if after is None:
            return


def named(numbers: Sequence[int]) -> list[Event]:
    """Return Events by their numbers, in the order given."""
    found = Event.objects.select_related("actor").in_bulk(numbers)
    return [found[number] for number in numbers if number in found]


def slice_end(window: Window, after: Cursor | None, size: int = LOOKED_AT) -> Cursor | None:
    """Return the place so many Events further on, whatever they are; None when there are fewer."""
    rows = between(window, after, None).values_list("at", "id")[size - 1 : size]
    return next((Cursor(*row) for row in rows), None)


def between(window: Window, after: Cursor | None, end: Cursor | None) -> QuerySet[Event]:
    """Return the Events behind one place and up to another: a range of the index on the instant."""
    events = window.all_events()
    if after is not None:
        # Behind the cursor: the range first, for the index, then what shares its instant.
        events = events.filter(at__gte=after.at).exclude(at=after.at, id__lte=after.event_id)
    if end is not None:
        events = events.filter(at__lte=end.at).exclude(at=end.at, id__gt=end.event_id)
    return events
