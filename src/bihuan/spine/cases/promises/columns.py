"""The clocks of many Cases at once: the same sums as ``clocks``, in columns of whole microseconds.

``clocks`` tells what a promise is; this only counts it for a hundred thousand Cases in the time that one by one
takes for a hundred. A test holds the two together on random Cases.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bihuan.spine.cases.models import Level, Promised
from bihuan.spine.cases.promises.calendars import timetable
from bihuan.spine.cases.promises.clocks import STANDING
from bihuan.spine.cases.promises.runs import BY, DONE, PROMISES, Span
from bihuan.spine.cases.promises.timetables import MINUTE_US, Instants, Timetable, instant_of, us_of

NULL = np.int64(np.iinfo(np.int64).min)
NEVER = np.int64(np.iinfo(np.int64).max)

INSTANTS = (
    "opened_at", "returned_at", "handed_at", *DONE.values(), *BY.values(), "due_at", "breached_at", "next_rung_at",
)  # fmt: skip
CODES = ("id", "status", "agency_id", "service_id", "priority", "zone_state", "level_id", "changed_at")
READ = (*CODES, *INSTANTS)
COUNTED = (*BY.values(), "due_at", "breached_at", "next_rung_at")
"""What is counted; with the level, all that a recount writes."""

Flags = NDArray[np.bool_]
Row = tuple[Any, ...]
Rounds = list[tuple[Instants, Instants, Instants]]
Choose = Callable[[Row], Level | None]


@dataclass
class Counted:
    """Some open Cases in columns: as they were read, and as they are counted now."""

    rows: Sequence[Row]
    levels: list[Level | None]
    was: dict[str, Instants]
    now: dict[str, Instants]

    @property
    def changed(self) -> Flags:
        """Which of them are no longer as they were."""
        flags = np.array(
            [row[6] != (level.pk if level else None) for row, level in self._pairs()], dtype=bool
        )
        for name in COUNTED:
            flags |= self.was[name] != self.now[name]
        return flags

    def fields(self, k: int) -> dict[str, Any]:
        """Return what is to be written of one of them."""
        level = self.levels[k]
        return {"level_id": level.pk if level else None} | {
            name: instant(int(self.now[name][k])) for name in COUNTED
        }

    def _pairs(self) -> Iterable[tuple[Row, Level | None]]:
        return zip(self.rows, self.levels, strict=True)


def count(
    rows: Sequence[Row], choose: Choose, pauses: dict[int, list[Span]], percents: Sequence[int], now: datetime
) -> Counted:
    """Count the clocks of open Cases.

    Parameters
    ----------
    rows : what ``values_list(*READ)`` gave.
    choose : gives the level of a row.
    pauses : of those that have any, in their order, by Case.
    """
    levels = [choose(row) for row in rows]
    was = {name: _column(rows, len(CODES) + k) for k, name in enumerate(INSTANTS)}
    counted = Counted(rows, levels, was, {name: was[name].copy() for name in COUNTED})
    groups: dict[int, list[int]] = defaultdict(list)
    for k, level in enumerate(levels):
        if level is not None:
            groups[level.calendar_id].append(k)
    for numbers in groups.values():
        _count_group(counted, np.array(numbers), pauses, percents, us_of(now))
    return counted


def instant(us: int) -> datetime | None:
    """Return what stands in a column as an instant."""
    return None if us == NULL else instant_of(us)


def _column(rows: Sequence[Row], place: int) -> Instants:
    values = (NULL if row[place] is None else us_of(row[place]) for row in rows)
    return np.fromiter(values, dtype=np.int64, count=len(rows))


def _count_group(
    counted: Counted, at: Instants, pauses: dict[int, list[Span]], percents: Sequence[int], now: int
) -> None:
    """Count those whose levels share a calendar."""
    levels = [level for k in at.tolist() if (level := counted.levels[k]) is not None]
    rows = [counted.rows[k] for k in at.tolist()]
    was = {name: column[at] for name, column in counted.was.items()}
    table, rounds = timetable(levels[0].calendar), _rounds(rows, pauses)
    is_moving = np.array([row[1] not in STANDING for row in rows], dtype=bool)
    late = (was["breached_at"] == NULL) & (was["due_at"] != NULL) & (was["due_at"] < now)
    result = {"breached_at": np.where(late, was["due_at"], was["breached_at"])}
    result |= _promises(was, levels, table, rounds)
    ticking = {
        promise: is_moving & (result[BY[promise]] != NULL) & (was[DONE[promise]] == NULL)
        for promise in PROMISES
    }
    soonest = [np.where(ticking[promise], result[BY[promise]], NEVER) for promise in PROMISES]
    result["due_at"] = _or_null(np.minimum.reduce(soonest))
    after = _rungs_after(was, result, now)
    rungs = [
        _rungs(was, promise, level_minutes(levels, promise), percent, after, ticking[promise], table, rounds)
        for promise in PROMISES
        for percent in percents
    ]
    result["next_rung_at"] = _or_null(np.minimum.reduce(rungs))
    for name in COUNTED:
        counted.now[name][at] = result[name]


def _promises(
    was: dict[str, Instants], levels: Sequence[Level], table: Timetable, rounds: Rounds
) -> dict[str, Instants]:
    result = {}
    for promise in PROMISES:
        begins = _begins(was, promise)
        due = due_many(table, begins, level_minutes(levels, promise) * MINUTE_US, rounds)
        is_judged = (was[DONE[promise]] != NULL) & (was[BY[promise]] != NULL)
        result[BY[promise]] = np.where(is_judged, was[BY[promise]], np.where(begins == NULL, NULL, due))
    return result


def level_minutes(levels: Sequence[Level], promise: str) -> Instants:
    """Return the minutes that levels have for a promise."""
    return np.array([getattr(level, f"{promise}_min") for level in levels], dtype=np.int64)


def _begins(was: dict[str, Instants], promise: str) -> Instants:
    if promise == Promised.DISPATCH:
        return np.where(was["returned_at"] == NULL, was["opened_at"], was["returned_at"])
    return was["handed_at"] if promise == Promised.ACCEPT else was["opened_at"]


def due_many(table: Timetable, begins: Instants, left: Instants, rounds: Rounds) -> Instants:
    """Return when so much has counted since each beginning; nonsense where there is no beginning."""
    since, left = np.where(begins == NULL, us_of(instant_of(0)), begins), left.copy()
    is_reached = np.zeros(len(since), dtype=bool)
    for at, from_us, until_us in rounds:
        open_ones = ~is_reached[at] & (until_us > since[at])
        k, starts, ends = at[open_ones], from_us[open_ones], until_us[open_ones]
        worked = table.between_many(since[k], starts)
        is_enough = worked >= left[k]
        is_reached[k[is_enough]] = True
        on = k[~is_enough]
        left[on] -= worked[~is_enough]
        since[on] = ends[~is_enough]
    return table.add_many(since, left)


def _rounds(rows: Sequence[Row], pauses: dict[int, list[Span]]) -> Rounds:
    """Return the first pause of each Case that has one, then the second of each that has two, and so on."""
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for k, row in enumerate(rows):
        for turn, (from_at, until_at) in enumerate(pauses.get(row[0], ())):
            found[turn].append((k, us_of(from_at), us_of(until_at)))
    columns = (np.array(found[turn], dtype=np.int64).T for turn in sorted(found))
    return [(each[0], each[1], each[2]) for each in columns]


def _rungs_after(was: dict[str, Instants], result: dict[str, Instants], now: int) -> Instants:
    """Return after when a rung is still to be climbed, as ``clocks`` has it."""
    rung = was["next_rung_at"]
    unserved = np.where((rung != NULL) & (rung <= now), rung - 1, now)
    sooner = np.zeros(len(rung), dtype=bool)
    for name in BY.values():
        sooner |= (was[name] != NULL) & (result[name] != NULL) & (result[name] < was[name])
    return np.where(sooner, was["opened_at"], unserved)


def _rungs(
    was: dict[str, Instants],
    promise: str,
    minutes: Instants,
    percent: int,
    after: Instants,
    ticking: Flags,
    table: Timetable,
    rounds: Rounds,
) -> Instants:
    left = np.round(minutes * percent / 100 * MINUTE_US).astype(np.int64)
    at = due_many(table, _begins(was, promise), left, rounds)
    return np.where(ticking & (at > after), at, NEVER)


def _or_null(column: Instants) -> Instants:
    return np.where(column == NEVER, NULL, column)
