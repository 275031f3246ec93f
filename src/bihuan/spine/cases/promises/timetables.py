"""Which minutes count, as two columns of instants: exact in whole microseconds, for one instant or a million.

A timetable is a sorted list of open spans that do not touch, with how much was open before each. To ask how much
lies between two instants, or when so much will have passed, is then a search in that list.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

CITY = ZoneInfo("Asia/Shanghai")
DAY_MIN = 24 * 60
MINUTE_US = 60_000_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
ENDLESS_US = 2**60
MOST_YEARS = 40
"""A calendar that does not open in so many years never does."""
FOREVER = timedelta(days=366 * MOST_YEARS)
FOREVER_US = FOREVER // MICROSECOND

Minutes = tuple[int, int]
"""From and until, in minutes of the city's day; a span that passes midnight ends after 1440."""
DaySpans = Callable[[date], Sequence[Minutes]]
Instants = NDArray[np.int64]


def us_of(instant: datetime) -> int:
    """Return an instant as whole microseconds since 1970."""
    return (instant - EPOCH) // MICROSECOND


def instant_of(us: int) -> datetime:
    """Return the instant, in UTC, of so many microseconds since 1970."""
    return EPOCH + us * MICROSECOND


@dataclass(frozen=True)
class Columns:
    """Open spans from one instant until another, and how much was open before each; all in microseconds."""

    opens: list[int]
    closes: list[int]
    before: list[int]
    from_us: int
    until_us: int

    @property
    def total(self) -> int:
        return self.before[-1] + self.closes[-1] - self.opens[-1] if self.opens else 0

    def holds(self, first: int, last: int, ahead: int) -> bool:
        """Say whether they reach from an instant until so much has been open after another."""
        is_inside = self.from_us <= first and last <= self.until_us
        return is_inside and (self.counted(last) + ahead <= self.total or last + FOREVER_US <= self.until_us)

    def counted(self, at: int) -> int:
        """Return how much was open until an instant."""
        k = bisect_right(self.opens, at) - 1
        return self.before[k] + min(at, self.closes[k]) - self.opens[k] if k >= 0 else 0

    def reach(self, counted: int) -> int:
        """Return the first instant until which so much (more than nothing) was open; the very end if it never was."""
        if counted > self.total:
            return ENDLESS_US
        k = bisect_left(self.before, counted) - 1
        return self.opens[k] + counted - self.before[k]

    def counted_many(self, at: Instants) -> Instants:
        if not self.opens:
            return np.zeros_like(at)
        opens, closes, before = self._arrays
        k = np.maximum(np.searchsorted(opens, at, side="right") - 1, 0)
        return before[k] + np.clip(np.minimum(at, closes[k]) - opens[k], 0, None)

    def reach_many(self, counted: Instants) -> Instants:
        if not self.opens:
            return np.full_like(counted, ENDLESS_US)
        opens, _, before = self._arrays
        k = np.searchsorted(before, counted, side="left") - 1
        return np.where(counted > self.total, ENDLESS_US, opens[k] + counted - before[k])

    @cached_property
    def _arrays(self) -> tuple[Instants, Instants, Instants]:
        return (
            np.array(self.opens, dtype=np.int64),
            np.array(self.closes, dtype=np.int64),
            np.array(self.before, dtype=np.int64),
        )


class Timetable:
    """The minutes of one calendar, drawn for as many years as were asked about so far.

    Parameters
    ----------
    spans_of : gives the spans that begin on a day; None means that every minute counts.
    """

    def __init__(self, spans_of: DaySpans | None) -> None:
        self._spans_of = spans_of
        self._drawn: Columns | None = _columns([(0, ENDLESS_US)], 0, ENDLESS_US) if spans_of is None else None

    def spans_of(self, day: date) -> Sequence[Minutes]:
        """Return the spans that begin on a day of the city."""
        return [(0, DAY_MIN)] if self._spans_of is None else self._spans_of(day)

    def add(self, start: datetime, minutes: float) -> datetime:
        """Return the instant, in UTC, at which so many counted minutes have passed; none or fewer give ``start``.

        Where the calendar does not open for that long in forty years, it is ``FOREVER`` after ``start``: a calendar
        can come to that by itself, when its last exception is over, and no Case may stand still for it.
        """
        left, at = round(minutes * MINUTE_US), us_of(start)
        if left <= 0:
            return start.astimezone(UTC)
        drawn = self._holding(at, at, left)
        return instant_of(min(drawn.reach(drawn.counted(at) + left), at + FOREVER_US))

    def opens_for(self, start: datetime, minutes: float) -> bool:
        """Say whether so many minutes count after ``start`` before all time is over."""
        return self.add(start, minutes) < start + FOREVER

    def between(self, start: datetime, end: datetime) -> float:
        """Return how many counted minutes lie between two instants; 0 when ``end`` is not after ``start``."""
        first, last = us_of(start), us_of(end)
        if last <= first:
            return 0.0
        drawn = self._holding(first, last)
        return (drawn.counted(last) - drawn.counted(first)) / MINUTE_US

    def add_many(self, start: Instants, left: Instants) -> Instants:
        """Do what ``add`` does for many at once; all in microseconds."""
        if not len(start):
            return start.copy()
        drawn = self._holding(int(start.min()), int(start.max()), int(max(left.max(), 0)))
        reached = drawn.reach_many(drawn.counted_many(start) + np.maximum(left, 1))
        return np.where(left > 0, np.minimum(reached, start + FOREVER_US), start)

    def between_many(self, start: Instants, end: Instants) -> Instants:
        """Do what ``between`` does for many at once; all in microseconds."""
        if not len(start):
            return start.copy()
        drawn = self._holding(int(start.min()), int(max(start.max(), end.max())))
        return np.where(end > start, drawn.counted_many(end) - drawn.counted_many(start), 0)

    def _holding(self, first: int, last: int, ahead: int = 0) -> Columns:
        """Return columns that reach from ``first`` until so much has been open after ``last``."""
        drawn = self._drawn
        if drawn is None or not drawn.holds(first, last, ahead):
            self._drawn = drawn = self._draw(first, last, ahead)
        return drawn

    def _draw(self, first: int, last: int, ahead: int) -> Columns:
        old = self._drawn
        years = instant_of(min(first, old.from_us if old else first)).year - 1, instant_of(last).year + 2
        for more in (0, 1, 3, 8):
            if (columns := self._of_years(years[0], years[1] + more)).holds(first, last, ahead):
                return columns
        return self._of_years(years[0], years[1] + MOST_YEARS)

    def _of_years(self, first: int, until: int) -> Columns:
        assert self._spans_of is not None
        return _columns(*_spans_between(self._spans_of, date(first, 1, 1), date(until, 1, 1)))


def _spans_between(spans_of: DaySpans, first: date, last: date) -> tuple[list[tuple[int, int]], int, int]:
    """Return the spans of all days from one date to another, in microseconds, and both ends."""
    # The day before may reach into the first one.
    days = (first + timedelta(days=n) for n in range(-1, (last - first).days))
    spans = [
        (_wall(day, from_min), _wall(day, until_min)) for day in days for from_min, until_min in spans_of(day)
    ]
    return spans, _wall(first, 0), _wall(last, 0)


def _columns(spans: Iterable[tuple[int, int]], first: int, last: int) -> Columns:
    # What two spans share counts once.
    joined = list(_joined(sorted((max(a, first), min(b, last)) for a, b in spans)))
    lengths = [closes - opens for opens, closes in joined]
    before = list(accumulate(lengths, initial=0))[:-1]
    return Columns([a for a, _ in joined], [b for _, b in joined], before, first, last)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    opens, closes = 0, 0
    for from_us, until_us in spans:
        if until_us <= from_us:
            continue
        if from_us > closes or not closes:
            if closes:
                yield opens, closes
            opens, closes = from_us, until_us
        closes = max(closes, until_us)
    if closes:
        yield opens, closes


def _wall(day: date, minute: int) -> int:
    """Return when the city's clocks show a minute of a day."""
    days, rest = divmod(minute, DAY_MIN)
    shown = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), CITY)
    return us_of(shown)
