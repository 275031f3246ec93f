"""The first plan of a large problem: savings (Clarke and Wright 1964, doi:10.1287/opre.12.4.568) of near stops."""

import numpy as np

from .arrays import ROOM, START, Longs, Words, World
from .compiling import compiled_with_arrays
from .roads import plain_m

NEAR = 100


@compiled_with_arrays
def saved(world: World, near: Words, depot: int) -> Longs:
    """Return what each pair of neighbours saves when driven in one trip, shape (stops, neighbours); 0 for doubles."""
    found = np.zeros(near.shape[:2], np.int64)
    for a in range(1, len(near)):
        for k in range(near.shape[1]):
            b = near[a, k, 0]
            if a < b:
                found[a, k] = plain_m(world, depot, a) + plain_m(world, depot, b) - plain_m(world, a, b)
    return found


@compiled_with_arrays
def root(parent: Longs, stop: int) -> int:
    """Return the stop that stands for a trip, and shorten the way to it."""
    while parent[stop] != stop:
        parent[stop] = parent[parent[stop]]
        stop = parent[stop]
    return stop


@compiled_with_arrays
def merge(world: World, near: Words, order: Longs, kind: int) -> Words:
    """Join trips at their ends, the greatest saving first; return each stop's two neighbours, 0 for the depot."""
    stops, width = world.stops, near.shape[1]
    beside = np.zeros((stops + 1, 2), np.int32)
    parent, load = np.arange(stops + 1), world.stop[:, world.loads :].copy()
    for entry in order:
        a, b = entry // width, near[entry // width, entry % width, 0]
        if beside[a, 1] or beside[b, 1]:
            continue
        of_a, of_b = root(parent, a), root(parent, b)
        if of_a == of_b or (load[of_a] + load[of_b] > world.kind[kind, ROOM:]).any():
            continue
        parent[of_b] = of_a
        load[of_a] += load[of_b]
        beside[a, 1 if beside[a, 0] else 0] = b
        beside[b, 1 if beside[b, 0] else 0] = a
    return beside


def savings(world: World, near: Words) -> list[list[int]]:
    """Return trips as lists of nodes, the fullest first. O(stops · neighbours · log)."""
    gain = saved(world, near, int(world.kind[0, START])).ravel()
    useful = np.flatnonzero(gain > 0)
    order = useful[np.argsort(-gain[useful], kind="stable")]
    trips = _walk(merge(world, near, order, 0))
    return sorted(trips, key=len, reverse=True)


def _walk(beside: Words) -> list[list[int]]:
    seen = bytearray(len(beside))
    neighbours = beside.tolist()
    trips = []
    for end, (_, other) in enumerate(neighbours):
        if end and not other and not seen[end]:
            trips.append(_from(end, neighbours, seen))
    return trips


def _from(stop: int, neighbours: list[list[int]], seen: bytearray) -> list[int]:
    trip = []
    while stop:
        seen[stop] = 1
        trip.append(stop)
        stop = next((other for other in neighbours[stop] if other and not seen[other]), 0)
    return trip
