"""The two things that are ever done to a plan, putting a stop in and taking it out, each with its exact cost.

Everything that must agree (neighbours, loads, times, lists of empty routes and of stops left out) is kept so here, so
that a step is taken back by doing the opposite in the opposite order.
"""

from .arrays import (
    ABSENT,
    AFTER_IT,
    AT,
    BEFORE_IT,
    DEPART,
    DUE,
    EARLY,
    EMPTIES,
    EMPTY,
    END,
    FIRST,
    FROM_S,
    GONE,
    GONE_AFTER,
    GONE_FROM,
    HOME,
    KIND,
    LAST,
    LATE,
    LEFT,
    MOVE,
    NEVER,
    OUT,
    OUT_AT,
    OUTS,
    PRICE,
    READY,
    RELEASE,
    RELOAD,
    ROUTE,
    SERVICE,
    SIZE,
    SLOT,
    SLOTS,
    START,
    UNTIL_S,
    USE,
    WAY_IN,
    WAY_ON,
    World,
)
from .compiling import compiled, inlined
from .roads import begins, cost, lasting, latest, plain_m


@inlined
def join(w: World, a: int, b: int, route: int) -> None:
    """Make two nodes neighbours; one of them, or both, may be depots."""
    metres = plain_m(w, a, b) if w.is_plain else 0
    if a <= w.stops:
        w.node[a, AFTER_IT] = b
        w.node[a, WAY_ON] = metres
    else:
        w.route[route, FIRST] = b if b <= w.stops else 0
    if b <= w.stops:
        w.node[b, BEFORE_IT] = a
        w.node[b, WAY_IN] = metres
    else:
        w.route[route, LAST] = a if a <= w.stops else 0


@compiled
def used(w: World, route: int) -> int:
    """Return how many trips the vehicle of this route makes."""
    count = 0
    for k in range(w.route[route, SLOT], w.route[route, SLOT] + w.route[route, SLOTS]):
        if w.route[k, SIZE] > 0:
            count += 1
    return count


@inlined
def link(w: World, stop: int, before: int, route: int) -> int:
    """Put a stop behind ``before`` in a route; return by how much the plan becomes dearer."""
    kind = w.route[route, KIND]
    if before <= w.stops:
        after = w.node[before, AFTER_IT]
    else:
        after = w.route[route, FIRST] if w.route[route, SIZE] > 0 else w.kind[kind, END]
    dearer = cost(w, kind, before, stop) + cost(w, kind, stop, after) - w.stop[stop, PRICE]
    if w.route[route, SIZE] == 0:
        take_empty(w, route)
        if w.kind[kind, USE] > 0 and used(w, route) == 0:
            dearer += w.kind[kind, USE]
    else:
        dearer -= cost(w, kind, before, after)
    if w.stop[stop, HOME] >= 0 and w.stop[stop, HOME] != kind:
        dearer += w.stop[stop, MOVE]
    take_out_of_list(w, stop)
    w.node[stop, ROUTE] = route
    w.route[route, SIZE] += 1
    for k in range(w.width):
        w.space[route, LEFT + k] -= w.stop[stop, w.loads + k]
    join(w, before, stop, route)
    join(w, stop, after, route)
    if w.is_timed:
        retime(w, route, stop, stop)
    return dearer


@inlined
def unlink(w: World, stop: int) -> int:
    """Take a stop out; return by how much the plan becomes dearer."""
    route = w.node[stop, ROUTE]
    kind = w.route[route, KIND]
    before, after = w.node[stop, BEFORE_IT], w.node[stop, AFTER_IT]
    dearer = w.stop[stop, PRICE] - cost(w, kind, before, stop) - cost(w, kind, stop, after)
    if w.stop[stop, HOME] >= 0 and w.stop[stop, HOME] != kind:
        dearer -= w.stop[stop, MOVE]
    w.route[route, SIZE] -= 1
    for k in range(w.width):
        w.space[route, LEFT + k] += w.stop[stop, w.loads + k]
    join(w, before, after, route)
    if w.route[route, SIZE] == 0:
        put_empty(w, route)
        if w.kind[kind, USE] > 0 and used(w, route) == 0:
            dearer -= w.kind[kind, USE]
    else:
        dearer += cost(w, kind, before, after)
    w.node[stop, ROUTE] = ABSENT
    put_on_list(w, stop)
    if w.is_timed:
        retime(w, route, after, before)
    return dearer


@inlined
def remember(w: World, stop: int, at: int) -> None:
    """Note where a stop is, so that it can be put back there."""
    w.note[GONE, at] = stop
    w.note[GONE_AFTER, at] = w.node[stop, BEFORE_IT]
    w.note[GONE_FROM, at] = w.node[stop, ROUTE]


@inlined
def take_empty(w: World, route: int) -> None:
    """Take a route from the list of empty ones; the last of the list takes its place."""
    kind, at = w.route[route, KIND], w.route[route, AT]
    w.tally[EMPTIES + kind] -= 1
    last = w.lists[EMPTY + kind, w.tally[EMPTIES + kind]]
    w.lists[EMPTY + kind, at] = last
    w.route[last, AT] = at


@inlined
def put_empty(w: World, route: int) -> None:
    """Put a route on the list of empty ones."""
    kind = w.route[route, KIND]
    w.route[route, AT] = w.tally[EMPTIES + kind]
    w.lists[EMPTY + kind, w.tally[EMPTIES + kind]] = route
    w.tally[EMPTIES + kind] += 1


@inlined
def take_out_of_list(w: World, stop: int) -> None:
    """Take a stop from the list of those left out."""
    w.tally[OUTS] -= 1
    last, at = w.lists[OUT, w.tally[OUTS]], w.node[stop, OUT_AT]
    w.lists[OUT, at] = last
    w.node[last, OUT_AT] = at


@inlined
def put_on_list(w: World, stop: int) -> None:
    """Put a stop on the list of those left out."""
    w.node[stop, OUT_AT] = w.tally[OUTS]
    w.lists[OUT, w.tally[OUTS]] = stop
    w.tally[OUTS] += 1


@inlined
def retime(w: World, route: int, ahead: int, back: int) -> None:
    """Bring the times of a route up to date from two nodes on, ahead and back, as far as anything changes."""
    if w.is_chained:
        retime_vehicle(w, route)
        return
    onward(w, route, ahead)
    backward(w, route, back)


@inlined
def onward(w: World, route: int, stop: int) -> None:
    """Count earliest times from a stop to the end, until one stays as it was."""
    is_first = True
    while stop <= w.stops:
        before = w.node[stop, BEFORE_IT]
        clock = (
            w.route[route, DEPART] if before > w.stops else w.stop[before, EARLY] + w.stop[before, SERVICE]
        )
        clock = begins(w, stop, clock + lasting(w, before, stop))
        if clock == w.stop[stop, EARLY] and not is_first:
            return
        w.stop[stop, EARLY] = clock
        is_first = False
        stop = w.node[stop, AFTER_IT]


@inlined
def backward(w: World, route: int, stop: int) -> None:
    """Count latest times from a stop to the beginning, until one stays as it was."""
    is_first = True
    while stop <= w.stops:
        after = w.node[stop, AFTER_IT]
        clock = w.route[route, DUE] if after > w.stops else w.stop[after, LATE]
        clock = latest(w, stop, clock - lasting(w, stop, after) - w.stop[stop, SERVICE])
        if clock == w.stop[stop, LATE] and not is_first:
            return
        w.stop[stop, LATE] = clock
        is_first = False
        stop = w.node[stop, BEFORE_IT]


@compiled
def retime_vehicle(w: World, route: int) -> None:
    """Count the times of all trips of a vehicle anew: each begins after the one before it and its reload."""
    kind, low = w.route[route, KIND], w.route[route, SLOT]
    high = low + w.route[route, SLOTS]
    clock = w.kind[kind, FROM_S]
    for trip in range(low, high):
        w.route[trip, READY] = clock
        clock = trip_onward(w, trip, clock, kind)
    clock = w.kind[kind, UNTIL_S]
    for trip in range(high - 1, low - 1, -1):
        w.route[trip, DUE] = clock
        clock = trip_backward(w, trip, clock, kind)


@compiled
def trip_onward(w: World, trip: int, clock: int, kind: int) -> int:
    """Drive a trip as early as can be; return when the next one can leave."""
    w.route[trip, DEPART] = clock
    if w.route[trip, SIZE] == 0:
        return clock
    stop = w.route[trip, FIRST]
    while stop <= w.stops:
        w.route[trip, DEPART] = max(w.route[trip, DEPART], w.stop[stop, RELEASE])
        stop = w.node[stop, AFTER_IT]
    clock, here, stop = w.route[trip, DEPART], w.kind[kind, START], w.route[trip, FIRST]
    while stop <= w.stops:
        clock = min(NEVER, begins(w, stop, clock + lasting(w, here, stop)))
        w.stop[stop, EARLY] = clock
        clock += w.stop[stop, SERVICE]
        here, stop = stop, w.node[stop, AFTER_IT]
    return clock + lasting(w, here, stop) + w.kind[kind, RELOAD]


@compiled
def trip_backward(w: World, trip: int, clock: int, kind: int) -> int:
    """Drive a trip as late as can be; return when the one before it must be ready again."""
    if w.route[trip, SIZE] == 0:
        return clock
    after, stop = w.kind[kind, END], w.route[trip, LAST]
    while stop <= w.stops:
        clock = latest(w, stop, clock - lasting(w, stop, after) - w.stop[stop, SERVICE])
        w.stop[stop, LATE] = clock
        after, stop = stop, w.node[stop, BEFORE_IT]
    return clock - lasting(w, stop, after) - w.kind[kind, RELOAD]
