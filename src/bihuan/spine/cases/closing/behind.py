"""The Cases behind a figure: what any number on a board or a page of rates is the count of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.cases.closing import measures, weeks
from bihuan.spine.cases.closing.measures import MEASURES, RULES, Condition
from bihuan.spine.cases.closing.rates import id_of
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries.access import LONG, RELATED, visible_cases
from bihuan.spine.cases.states import UNSORTED, Priority, Status

DAY = timedelta(hours=24)
HOUR = timedelta(hours=1)
WORD_LIMIT = 60
LARGEST_ID = 2**63 - 1


def _opened_lately(also: Q | None = None) -> Condition:
    return lambda at: Q(opened_at__gt=at - DAY, opened_at__lte=at) & (also or Q())


OPEN = Q(is_open=True)
# The figures of the commander's board, at the instant at which they were counted.
BOARD: dict[str, Condition] = {
    "open": lambda at: OPEN,
    "late": lambda at: OPEN & Q(due_at__lt=at),
    "in_time": lambda at: OPEN & ~Q(due_at__lt=at, due_at__isnull=False),
    "triage": lambda at: OPEN & Q(status__in=UNSORTED),
    "hold": lambda at: OPEN & Q(status=Status.HOLD),
    "urgent": lambda at: OPEN & Q(priority=Priority.URGENT),
    "opened_24h": _opened_lately(),
    "ended_24h": lambda at: Q(ended_at__gt=at - DAY, ended_at__lte=at),
    "breached_24h": _opened_lately(Q(breached_at__isnull=False)),
    "accepted_24h": _opened_lately(Q(accepted_at__isnull=False)),
    "resolved_24h": _opened_lately(Q(resolved_at__isnull=False)),
    "returned_24h": _opened_lately(Q(returned_count__gt=0)),
    "reopened_24h": _opened_lately(Q(reopened_count__gt=0)),
    "opened_hour": lambda at: Q(opened_at__lte=at),
    "ended_hour": lambda at: Q(ended_at__lte=at),
}
HOURLY = {"opened_hour": "opened_at", "ended_hour": "ended_at"}


@dataclass(frozen=True)
class Behind:
    """Which figure, of which Cases. It lives in the address of a page; what is unknown finds nothing.

    ``figure`` is one of the board's or, with ``since`` and ``until`` (weeks by name), one of the rates': a measure,
    ``not-`` a share's rest (``reply_kept`` of ``reply_due``), or ``out-`` the code of an exclusion. ``at`` is when it
    was counted. A code that is ``-`` means: has none.
    """

    figure: str = ""
    since: str = ""
    until: str = ""
    agency: str = ""
    district: str = ""
    service: str = ""
    channel: str = ""
    status: str = ""
    hour: str = ""
    at: str = ""

    @classmethod
    def parse(cls, said: Mapping[str, str]) -> Self:
        """Read a query string's values."""
        return cls(
            **{one.name: said.get(one.name, "").replace("\x00", "")[:WORD_LIMIT] for one in fields(cls)}
        )

    def to_query(self) -> str:
        """Write the query string that ``parse`` reads."""
        return urlencode({one.name: value for one in fields(self) if (value := getattr(self, one.name))})

    def of(self, **more: str) -> "Behind":
        """Return the same of another figure, agency, week …"""
        return replace(self, **more)

    @property
    def counted_at(self) -> datetime:
        """When the figure was counted; now where that is not said."""
        return _instant(self.at) or clock.now()

    def condition(self) -> Q | None:
        """Return what the Cases behind the figure fulfil; None where there is no such figure."""
        figure = self._figure()
        if figure is None or (self.hour and _instant(self.hour) is None):
            return None
        return figure & self._narrowed()

    def _figure(self) -> Q | None:
        if self.since:
            return self._of_weeks()
        found = BOARD.get(self.figure)
        return found(self.counted_at) if found else None

    def _of_weeks(self) -> Q | None:
        first, last = weeks.parse(self.since), weeks.parse(self.until or self.since)
        counted = _counted(self.figure, self.counted_at)
        if first is None or last is None or counted is None:
            return None
        return _opened(first, last) & counted

    def _narrowed(self) -> Q:
        found = Q()
        for name in ("agency", "district", "service"):
            if code := getattr(self, name):
                found &= Q(**{f"{name}_id": id_of(name, code)})
        for name in ("channel", "status"):
            if code := getattr(self, name):
                found &= Q(**{name: code})
        begin = _instant(self.hour)
        if begin and self.figure in HOURLY:
            field = HOURLY[self.figure]
            found &= Q(**{f"{field}__gte": begin, f"{field}__lt": begin + HOUR})
        return found


def _opened(first: date, last: date) -> Q:
    return Q(opened_at__gte=weeks.span_of(first)[0], opened_at__lt=weeks.span_of(last)[1])


def _counted(figure: str, at: datetime) -> Q | None:
    """Return the condition of a measure, of a share's rest, or of an exclusion."""
    if figure.startswith("out-"):
        code = figure.removeprefix("out-")
        return measures.is_excluded_by(code) if code in RULES else None
    if figure.startswith("not-"):
        rate = next((one for one in measures.RATES if one.part == figure.removeprefix("not-")), None)
        return MEASURES[rate.whole](at) & ~MEASURES[rate.part](at) & measures.is_counted() if rate else None
    return MEASURES[figure](at) & measures.is_counted() if figure in MEASURES else None


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text) if text else None
        return at.astimezone(UTC) if at and at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def count_behind(user: User, behind: Behind) -> int:
    """Count the Cases behind a figure, as far as this person may see them."""
    return _found(user, behind).count()


def list_behind(user: User, behind: Behind, after: int = 0, limit: int = 50) -> tuple[list[Case], int]:
    """Return a page of the Cases behind a figure, newest first, and the number to go on after, or 0."""
    found = _found(user, behind)
    if 0 < after <= LARGEST_ID:
        found = found.filter(pk__lt=after)
    rows = list(found.select_related(*RELATED).defer(*LONG).order_by("-pk")[: limit + 1])
    return rows[:limit], rows[limit - 1].pk if len(rows) > limit else 0


def _found(user: User, behind: Behind) -> QuerySet[Case]:
    condition = behind.condition()
    seen: QuerySet[Any] = visible_cases(user)
    return seen.none() if condition is None else seen.filter(condition)
