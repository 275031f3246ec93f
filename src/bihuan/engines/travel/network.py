"""The road network: junctions, arcs with their time, and the shape of each road on the ground."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Times are whole tenths of a second, so that hundreds of short arcs add up without drifting.
TENTHS = 10
LONGEST_ARC_DS = 24 * 3600 * TENTHS


class BadNetwork(ValueError):
    """The arrays do not describe a road network; the message says where."""


@dataclass(frozen=True)
class Network:
    """Junctions and arcs. An arc runs one way; a road is a stretch between junctions, with one or two arcs on it.

    Parameters
    ----------
    lon, lat
        ``(junctions,)`` WGS 84 degrees.
    tail, head, time_ds
        ``(arcs,)`` junction an arc leaves, junction it reaches, tenths of a second it takes.
    road, is_onward
        ``(arcs,)`` the road an arc lies on, and whether it runs the way the road's shape is written.
    shape_at, shape
        ``(roads + 1,)`` and ``(points, 2)``: road ``r`` has the points ``shape[shape_at[r]:shape_at[r + 1]]``.
    way
        ``(roads,)`` the number of the OpenStreetMap way, or any number by which roads are closed.
    banned
        ``(turns, 2)`` pairs of arcs of which the second must not follow the first.

    Raises
    ------
    BadNetwork
        When lengths differ, a number points nowhere, or a time is negative or longer than a day.
    """

    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    time_ds: Ints
    road: Ints
    is_onward: Flags
    shape_at: Ints
    shape: Floats
    way: NDArray[np.int64]
    banned: Ints = field(default_factory=lambda: np.empty((0, 2), np.int32))

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together."""
        for is_wrong, words in self._faults():
            if is_wrong:
                raise BadNetwork(words)
        if (self.head[self.banned[:, 0]] != self.tail[self.banned[:, 1]]).any():
            raise BadNetwork("a banned turn names two arcs that do not meet")

    def _faults(self) -> list[tuple[bool, str]]:
        arcs = (self.head, self.time_ds, self.road, self.is_onward)
        return [
            (len(self.lon) != len(self.lat), "lon and lat differ in length"),
            (not np.isfinite([*self.lon, *self.lat]).all(), "a position is not a number"),
            (any(len(a) != len(self.tail) for a in arcs), "the arrays of arcs differ in length"),
            (len(self.shape_at) != len(self.way) + 1, "shape_at must have one entry more than way"),
            (_leaves(self.tail, len(self.lon)), "an arc leaves a junction that does not exist"),
            (_leaves(self.head, len(self.lon)), "an arc reaches a junction that does not exist"),
            (_leaves(self.road, len(self.way)), "an arc lies on a road that does not exist"),
            (_leaves(self.banned, len(self.tail)), "a banned turn names an arc that does not exist"),
            (_leaves(self.time_ds, LONGEST_ARC_DS + 1), "an arc takes a negative time, or more than a day"),
        ]

    @property
    def junctions(self) -> int:
        """How many junctions there are."""
        return len(self.lon)

    @property
    def arcs(self) -> int:
        """How many arcs there are."""
        return len(self.tail)

    def arc_on(self, *, onward: bool) -> Ints:
        """Return for each road its arc in one direction, or -1 where it may not be driven that way."""
        found = np.full(len(self.way), -1, np.int32)
        mine = np.flatnonzero(self.is_onward == onward).astype(np.int32)
        found[self.road[mine]] = mine
        return found


def _leaves(numbers: NDArray[Any], end: int) -> bool:
    return bool(numbers.size) and bool(numbers.min() < 0 or numbers.max() >= end)


def from_arrays(
    lon: ArrayLike,
    lat: ArrayLike,
    tail: ArrayLike,
    head: ArrayLike,
    time_s: ArrayLike,
    *,
    way: ArrayLike | None = None,
    banned: ArrayLike = (),
) -> Network:
    """Make a network whose roads are straight; an arc and the one straight back share a road.

    Parameters
    ----------
    time_s
        ``(arcs,)`` seconds; kept to a tenth.
    way
        ``(arcs,)`` a number for closing roads by; the arc's own index where left out.
    banned
        ``(turns, 2)`` pairs of arcs of which the second must not follow the first.

    Raises
    ------
    BadNetwork
        See `Network`.
    """
    x, y = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
    tails, heads = np.asarray(tail, np.int32), np.asarray(head, np.int32)
    if len(tails) != len(heads) or _leaves(tails, len(x)) or _leaves(heads, len(x)) or len(x) != len(y):
        raise BadNetwork("tail and head must be of one length and name junctions")
    road, is_onward, first = _roads(tails, heads)
    ends = np.stack([tails[first], heads[first]], axis=1).ravel()
    ways = np.arange(len(tails)) if way is None else np.asarray(way)
    return Network(
        lon=x,
        lat=y,
        tail=tails,
        head=heads,
        time_ds=np.rint(np.clip(np.asarray(time_s, np.float64), -1, 1e6) * TENTHS).astype(np.int32),
        road=road,
        is_onward=is_onward,
        shape_at=np.arange(0, len(ends) + 1, 2, dtype=np.int32),
        shape=np.stack([x[ends], y[ends]], axis=1),
        way=ways[first].astype(np.int64),
        banned=np.asarray(banned, np.int32).reshape(-1, 2),
    )


def _roads(tail: Ints, head: Ints) -> tuple[Ints, Flags, NDArray[np.int64]]:
    """Pair arcs with the arcs straight back; return road, direction, and the arc that gives each road its shape."""
    # The k-th arc from a to b is paired with the k-th from b to a; what is left over has a road of its own.
    order = np.lexsort((head, tail))
    starts = np.r_[True, (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)][: len(order)]
    begins = np.maximum.accumulate(np.where(starts, np.arange(len(order)), 0))
    turn = np.empty(len(order), np.int64)
    turn[order] = np.arange(len(order)) - begins
    # A loop back to its own junction is its own opposite: no two of them may share a road.
    key = np.stack([np.minimum(tail, head), np.maximum(tail, head), turn], axis=1)
    _, first, road = np.unique(key, axis=0, return_index=True, return_inverse=True)
    numbers: Ints = road.ravel().astype(np.int32)
    return numbers, tail == tail[first[numbers]], first.astype(np.int64)
