"""When a queue becomes late, from plain numbers: no clock, no database, no chance.

Work is taken in the order in which it is due. Up to an instant t there has to be done whatever is due by then: what
waits now with a promise before t, and of what is still to come whatever arrives a whole promise before t. The queue
is late at the first t at which that is more than the pace allows (the demand bound of scheduling by deadlines).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

SLOT_MIN = 10
HORIZON_H = 24
RECENT_H = 3
PER_H = 60 // SLOT_MIN
SLOTS = HORIZON_H * PER_H
DAY_H = 24
MOST_MORE = 20
# Four of five times what is counted lies within so many deviations of what is expected.
WIDTH = 1.28
LEAST_LEVEL, MOST_LEVEL = 0.25, 6.0


@dataclass(frozen=True)
class Load:
    """What is known of a queue now.

    ``opened`` and ``done`` are counts by whole hours, oldest first, the last one just over. ``dues`` is how many
    waiting Cases are due in each coming slot of ten minutes; ``overdue`` are late already. ``allowance_min`` is what a
    new Case is promised, on average, in minutes; ``people`` is how many are on duty.
    """

    opened: Sequence[int]
    done: Sequence[int]
    dues: Sequence[int]
    overdue: int
    allowance_min: float
    people: int

    @property
    def pace(self) -> float:
        """Cases done in an hour, by all together, in the last hours."""
        recent = self.done[-RECENT_H:]
        return sum(recent) / len(recent) if recent else 0.0

    @property
    def waiting(self) -> int:
        """How many are due within the horizon, the late ones included."""
        return self.overdue + sum(self.dues)


@dataclass(frozen=True)
class Outlook:
    """When the queue becomes late, in minutes from now, rounded: at the earliest, as it looks, at the latest.

    None means not within the horizon. ``more`` is how many more people keep it from that; None when even twenty
    do not, or when nobody's pace is known.
    """

    earliest_min: int | None
    likely_min: int | None
    latest_min: int | None
    more: int | None
    pace: float
    coming: float

    @property
    def is_late(self) -> bool:
        return self.likely_min is not None


def expected(opened: Sequence[int], hours: int = HORIZON_H) -> list[float]:
    """Return how many are expected in each coming hour: the hour's usual number, times how today differs from usual.

    With less than a day behind it the pace of the last hours goes on.
    """
    recent = opened[-RECENT_H:]
    now = sum(recent) / len(recent) if recent else 0.0
    if len(opened) < DAY_H + RECENT_H:
        return [now] * hours
    usual = [_usual(opened[:-RECENT_H], len(opened) + ahead) for ahead in range(-RECENT_H, hours)]
    known = sum(usual[:RECENT_H])
    if not known:
        return [now] * hours
    level = now * RECENT_H / known
    level = min(max(level, LEAST_LEVEL), MOST_LEVEL)
    return [number * level for number in usual[RECENT_H:]]


def _usual(opened: Sequence[int], hour: int) -> float:
    same = [opened[at] for at in range(hour % DAY_H, len(opened), DAY_H)]
    return sum(same) / len(same) if same else 0.0


def late_after(load: Load, coming: Sequence[float], pace: float) -> int | None:
    """Return after how many minutes the first Case is late that is not late yet; None within the horizon."""
    demand, lag = float(load.overdue), round(load.allowance_min / SLOT_MIN)
    for slot in range(SLOTS):
        demand += load.dues[slot] if slot < len(load.dues) else 0
        # Without a known promise nobody can say when what is still to come is due.
        if load.allowance_min and slot >= lag:
            demand += coming[(slot - lag) // PER_H] / PER_H
        has_due = demand > load.overdue
        if has_due and demand > pace * (slot + 1) / PER_H + 0.5:
            return (slot + 1) * SLOT_MIN
    return None


def outlook(load: Load) -> Outlook:
    """Forecast a queue, with how wrong it may be from the smallness of the numbers alone."""
    coming = expected(load.opened)
    seen, made = sum(load.opened[-RECENT_H:]), sum(load.done[-RECENT_H:])
    busy, calm = (_scaled(coming, 1 + sign * _spread(seen)) for sign in (1, -1))
    slow, fast = (load.pace * (1 + sign * _spread(made)) for sign in (-1, 1))
    likely = late_after(load, coming, load.pace)
    return Outlook(
        earliest_min=late_after(load, busy, slow),
        likely_min=likely,
        latest_min=late_after(load, calm, fast),
        more=None if likely is None else more_needed(load, coming),
        pace=load.pace,
        coming=sum(coming[:RECENT_H]) / RECENT_H,
    )


def _spread(count: int) -> float:
    """Return the relative deviation of a count: of nine one is less sure than of nine hundred."""
    return min(WIDTH / math.sqrt(count), 1.0) if count else 1.0


def _scaled(numbers: Sequence[float], by: float) -> list[float]:
    return [number * max(by, 0.0) for number in numbers]


def more_needed(load: Load, coming: Sequence[float]) -> int | None:
    """Return how many more people, as quick as those on duty, keep the queue from being late."""
    if not load.people or not load.pace:
        return None
    each = load.pace / load.people
    more = range(1, MOST_MORE + 1)
    return next((n for n in more if late_after(load, coming, load.pace + n * each) is None), None)


def together(loads: Sequence[Load], people: int) -> Load:
    """Return several queues as one."""
    total = sum(sum(load.opened) for load in loads)
    weighed = sum(load.allowance_min * sum(load.opened) for load in loads)
    nothing = Load([], [], [0] * SLOTS, 0, 0.0, people)
    return replace(
        nothing,
        opened=_sums([load.opened for load in loads]),
        done=_sums([load.done for load in loads]),
        dues=_sums([load.dues for load in loads]) or nothing.dues,
        overdue=sum(load.overdue for load in loads),
        allowance_min=weighed / total if total else 0.0,
    )


def _sums(rows: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*rows, strict=True)]


def backlog(load: Load, coming: Sequence[float]) -> list[int]:
    """Return how many wait at the end of each coming hour at the present pace, for the picture."""
    left, rows = float(load.waiting), []
    for number in coming:
        left = max(left + number - load.pace, 0.0)
        rows.append(round(left))
    return rows
