"""The queue: Cases in the order of what is due next, a page at a time, at the same cost at any size."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from itertools import islice

from django.db.models import Q, QuerySet

from bihuan.spine.accounts.models import User
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries.access import LONG, RELATED, scope
from bihuan.spine.cases.queries.filters import LARGEST_ID, QueueFilter
from bihuan.spine.cases.states import Status

PAGE = 100
COUNT_LIMIT = 1000
# In these nothing is due, so that no dated row needs to be looked at.
UNDATED = frozenset({Status.HOLD, Status.RESOLVED, Status.SHELVED})

Row = tuple[datetime | None, int]


@dataclass(frozen=True)
class Cursor:
    """The last row of a page: its ``due_at``, if it has one, and its number."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_at.isoformat() if self.due_at else ''}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """Read what ``str(cursor)`` wrote; None for anything else, so that a spoilt address shows page one."""
        due, _, number = text.partition("~")
        try:
            cursor = cls(_instant(due) if due else None, int(number))
        except (ValueError, OverflowError):
            return None
        return cursor if 0 <= cursor.id <= LARGEST_ID else None


def _instant(text: str) -> datetime:
    """Read an instant with its offset; in UTC, since at the edge of the calendar an offset leads out of it."""
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset")
    return instant.astimezone(UTC)


@dataclass(frozen=True)
class Page:
    """Some Cases in order, and where the next page begins."""

    cases: list[Case]
    next: Cursor | None


def list_queue(user: User, filters: QueueFilter, after: Cursor | None = None, limit: int = PAGE) -> Page:
    """Return a page of the Cases this person may see: what is due next first, without a date last.

    Each agency's part is a range of one index; the parts are merged here, since no index holds the
    order over several agencies at once. Ended Cases come newest first.
    """
    parts = _parts(user, filters)
    rows = list(islice(_ordered(parts, filters, after, limit + 1), limit + 1))
    page = rows[:limit]
    more = Cursor(*page[-1]) if len(rows) > limit else None
    return Page(_fetch([number for _, number in page]), more)


def count_queue(user: User, filters: QueueFilter, limit: int = COUNT_LIMIT) -> int:
    """Count the Cases of a queue up to ``limit + 1``, which stands for "more than"."""
    total = 0
    for part in _unordered_parts(user, filters):
        total += part.values("pk")[: limit + 1 - total].count()
        if total > limit:
            break
    return total


def _unordered_parts(user: User, filters: QueueFilter) -> list[QuerySet[Case]]:
    """Return the same Cases as ``_parts`` in fewer queries: where no order is wanted, agencies go together."""
    agencies = scope(user)
    if agencies is None:
        return _parts(user, filters)
    found = Case.objects.filter(filters.condition(user))
    owned = found.filter(agency_id__in=[number for number in agencies if number is not None])
    return [owned, found.filter(agency__isnull=True)] if None in agencies else [owned]


def _parts(user: User, filters: QueueFilter) -> list[QuerySet[Case]]:
    condition = filters.condition(user)
    agencies = scope(user)
    if agencies is None:
        return [Case.objects.filter(condition)]
    return [Case.objects.filter(condition, _of_agency(number)) for number in agencies]


def _of_agency(number: int | None) -> Q:
    return Q(agency__isnull=True) if number is None else Q(agency_id=number)


def _ordered(
    parts: list[QuerySet[Case]], filters: QueueFilter, after: Cursor | None, limit: int
) -> Iterator[Row]:
    if filters.is_ended:
        yield from _merged(parts, lambda part: _ended_after(part, after), limit, is_falling=True)
        return
    if filters.status not in UNDATED and (after is None or after.due_at is not None):
        yield from _merged(parts, lambda part: _due_after(part, after), limit)
    if filters.late:
        return
    undated = after if after and after.due_at is None else None
    yield from _merged(parts, lambda part: _undated_after(part, undated), limit)


def _merged(
    parts: Iterable[QuerySet[Case]],
    cut: Callable[[QuerySet[Case]], QuerySet[Case]],
    limit: int,
    *,
    is_falling: bool = False,
) -> Iterator[Row]:
    ranges = [list(cut(part).values_list("due_at", "id")[:limit]) for part in parts]
    # Within one call either all rows have a date or none has, so that the pairs can be compared.
    return merge(*ranges, reverse=is_falling, key=lambda row: row if row[0] else row[1:])


def _due_after(part: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    dated = part.filter(due_at__isnull=False).order_by("due_at", "id")
    if after is None:
        return dated
    later = Q(due_at__gt=after.due_at) | Q(id__gt=after.id)
    return dated.filter(later, due_at__gte=after.due_at)


def _undated_after(part: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    # Ordered by the empty date too: PostgreSQL would sort, not seeing that the index holds this order.
    undated = part.filter(due_at__isnull=True).order_by("due_at", "id")
    return undated.filter(id__gt=after.id) if after else undated


def _ended_after(part: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    ended = part.filter(due_at__isnull=True).order_by("-due_at", "-id")
    return ended.filter(id__lt=after.id) if after else ended


def _fetch(numbers: list[int]) -> list[Case]:
    found = Case.objects.select_related(*RELATED).defer(*LONG).in_bulk(numbers)
    return [found[number] for number in numbers if number in found]
