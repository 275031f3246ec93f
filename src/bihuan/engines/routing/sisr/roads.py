"""Distances, costs, what a place costs, and the rules of time and room for numba."""

import math

from .arrays import (
    AFTER_IT,
    BEFORE_IT,
    BIT,
    CLEANER,
    CLEANING_S,
    DEPART,
    DUE,
    EARLY,
    FIRST,
    HOME,
    KIND,
    LATE,
    LEFT,
    MAY,
    MOVE,
    NEVER,
    PER_M,
    PER_S,
    PLACE,
    RELEASE,
    ROUTE,
    SERVICE,
    START,
    WINDOWS,
    ZONE,
    World,
    X,
    Y,
)
from .compiling import compiled, inlined

FAR = 10**9
NOWHERE = 1 << 60

Place = tuple[int, int, int]
"""What a stop costs there more, the node before it, and the route."""


@inlined
def plain_m(w: World, a: int, b: int) -> int:
    """Return metres over a plane."""
    dx = w.node[a, X] - w.node[b, X]
    dy = w.node[a, Y] - w.node[b, Y]
    return int(math.sqrt(dx * dx + dy * dy) + w.half)


@inlined
def drive_s(w: World, metres: int) -> int:
    """Return the seconds that so many metres take over a plane, rounded up."""
    if w.speed == 1000:
        return metres
    return (metres * 1000 + w.speed - 1) // w.speed


@compiled
def base(w: World, a: int, b: int) -> tuple[int, int]:
    """Return metres and seconds from node to node, without rules."""
    if w.is_table:
        i, j = w.stop[a, PLACE], w.stop[b, PLACE]
        return int(w.table[0, i, j]), int(w.table[1, i, j])
    metres = plain_m(w, a, b)
    return metres, drive_s(w, metres)


@compiled
def odd_leg(w: World, a: int, b: int) -> tuple[int, int, int]:
    """Return metres, seconds of driving and of decontamination, by way of the zone's place where it is left."""
    zone = w.stop[a, ZONE]
    if zone < 0 or zone == w.stop[b, ZONE]:
        metres, seconds = base(w, a, b)
        return metres, seconds, 0
    at = w.zone[zone, CLEANER]
    if at < 0:
        return FAR, FAR, 0
    metres, seconds = base(w, a, at)
    metres_on, seconds_on = base(w, at, b)
    return metres + metres_on, seconds + seconds_on, w.zone[zone, CLEANING_S]


@inlined
def lasting(w: World, a: int, b: int) -> int:
    """Return the seconds from node to node, decontamination included."""
    if w.is_odd:
        _, seconds, cleaning = odd_leg(w, a, b)
        return seconds + cleaning
    return drive_s(w, plain_m(w, a, b))


@inlined
def cost(w: World, kind: int, a: int, b: int) -> int:
    """Return what a leg costs this kind of vehicle."""
    if w.is_plain:
        return plain_m(w, a, b)
    metres, seconds, _ = odd_leg(w, a, b)
    return metres * w.kind[kind, PER_M] + seconds * w.kind[kind, PER_S]


@inlined
def begins(w: World, stop: int, clock: int) -> int:
    """Return when work can begin for one who comes at ``clock``, ``NEVER`` when it can't."""
    for k in range(w.spans):
        if clock <= w.stop[stop, WINDOWS + 2 * k + 1]:
            return max(clock, w.stop[stop, WINDOWS + 2 * k])
    return NEVER


@inlined
def latest(w: World, stop: int, clock: int) -> int:
    """Return the latest arrival from which work begins at ``clock`` or before, a number below 0 when there is none."""
    for k in range(w.spans - 1, -1, -1):
        if w.stop[stop, WINDOWS + 2 * k] <= clock:
            return min(clock, w.stop[stop, WINDOWS + 2 * k + 1])
    return -NEVER


@inlined
def fits(w: World, stop: int, route: int) -> bool:
    """Say whether this vehicle may come to the stop and has room for its load."""
    return has_room(w, stop, route) and may_come(w, stop, route)


@inlined
def has_room(w: World, stop: int, route: int) -> bool:
    """Say whether a route has room for a stop's load."""
    is_enough = True
    for k in range(w.width):
        is_enough &= w.stop[stop, w.loads + k] <= w.space[route, LEFT + k]
    return is_enough


@inlined
def may_come(w: World, stop: int, route: int) -> bool:
    """Say whether the stop lets this kind of vehicle come."""
    return w.kinds == 1 or (w.stop[stop, MAY] >> w.kind[w.route[route, KIND], BIT]) & 1 == 1


@compiled
def leaves_at(w: World, stop: int, node: int, route: int) -> int:
    """Return when the vehicle can leave ``node`` if ``stop``, which may be released late, is on board."""
    if not w.is_chained or w.stop[stop, RELEASE] <= w.route[route, DEPART]:
        return w.route[route, DEPART] if node > w.stops else w.stop[node, EARLY] + w.stop[node, SERVICE]
    clock, here = w.stop[stop, RELEASE], w.kind[w.route[route, KIND], START]
    if node > w.stops:
        return clock
    there = w.route[route, FIRST]
    while True:
        clock = begins(w, there, clock + lasting(w, here, there)) + w.stop[there, SERVICE]
        if there == node or clock >= NEVER:
            return clock
        here, there = there, w.node[there, AFTER_IT]


@inlined
def in_time(w: World, stop: int, before: int, after: int, route: int) -> bool:
    """Say whether nobody becomes late when ``stop`` is put between two nodes of a route."""
    if not w.is_timed:
        return True
    clock = leaves_at(w, stop, before, route) + lasting(w, before, stop)
    clock = begins(w, stop, clock) + w.stop[stop, SERVICE] + lasting(w, stop, after)
    return clock <= (w.route[route, DUE] if after > w.stops else w.stop[after, LATE])


@inlined
def meets(w: World, route: int, last: int, on: int) -> bool:
    """Say whether nobody becomes late when ``on`` follows ``last``; trips here do not depend on one another."""
    clock = w.route[route, DEPART] if last > w.stops else w.stop[last, EARLY] + w.stop[last, SERVICE]
    return clock + lasting(w, last, on) <= (w.route[route, DUE] if on > w.stops else w.stop[on, LATE])


@inlined
def in_time_without(w: World, stop: int) -> bool:
    """Say whether nobody becomes late when ``stop`` is taken out; the way past it may be longer than the way by it."""
    return not w.is_timed or meets(w, w.node[stop, ROUTE], w.node[stop, BEFORE_IT], w.node[stop, AFTER_IT])


@inlined
def between(w: World, stop: int, before: int, after: int, route: int) -> int:
    """Return what a stop between two neighbours adds to the cost."""
    kind = w.route[route, KIND]
    price = cost(w, kind, before, stop) + cost(w, kind, stop, after) - cost(w, kind, before, after)
    if w.stop[stop, HOME] >= 0 and w.stop[stop, HOME] != kind:
        price += w.stop[stop, MOVE]
    return price


@inlined
def nowhere() -> Place:
    """Return a place dearer than any."""
    # A function, since numba takes constants for types of their own and would compile their callers once more.
    return (NOWHERE, -1, -1)


@inlined
def beside(w: World, stop: int, node: int, route: int, best: Place) -> Place:
    """Return the cheapest of a place, the one behind ``node`` and the one before it."""
    before, after = w.node[node, BEFORE_IT], w.node[node, AFTER_IT]
    price = between(w, stop, node, after, route)
    if price < best[0] and in_time(w, stop, node, after, route):
        best = (price, node, route)
    price = between(w, stop, before, node, route)
    if price < best[0] and in_time(w, stop, before, node, route):
        best = (price, before, route)
    return best
