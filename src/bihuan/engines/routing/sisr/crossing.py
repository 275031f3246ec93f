"""Joins a stop to a near one and what they leave behind to each other: whole ends of routes change places or direction.

Taking strings out and putting them in again can't turn a long piece of a route round (2-opt, Croes 1958,
doi:10.1287/opre.6.6.791) or give the rest of one route to another (2-opt*, Potvin and Rousseau 1995,
doi:10.1057/jors.1995.204), which long routes need. Both are tried only between routes of one kind of vehicle.
"""

from .arrays import (
    AFTER_IT,
    BEFORE_IT,
    END,
    FIRST,
    KIND,
    LAST,
    LEFT,
    OWN,
    ROOM,
    ROUTE,
    SIZE,
    START,
    USE,
    WAY_IN,
    WAY_ON,
    World,
)
from .compiling import compiled, inlined
from .linking import backward, join, onward, put_empty
from .roads import meets, plain_m

NEAR_TRIED = 20


@compiled
def cross(w: World, stop: int, limit: float) -> int:
    """Do the first exchange at a stop that makes the plan less than ``limit`` dearer; return by how much it does."""
    mine = w.node[stop, ROUTE]
    if mine < 0:
        return 0
    for k in range(min(w.nears, NEAR_TRIED)):
        other, way = w.near[stop, k, 0], w.near[stop, k, 1]
        if way >= max(w.node[stop, WAY_IN], w.node[stop, WAY_ON]) + limit:
            if w.is_timed:  # neighbours chosen by time are not in order of distance
                continue
            break
        theirs = w.node[other, ROUTE]
        if w.space[theirs, OWN] != w.me or w.route[theirs, KIND] != w.route[mine, KIND]:
            continue
        if other == w.node[stop, BEFORE_IT] or other == w.node[stop, AFTER_IT]:
            continue
        dearer, is_done = join_near(w, stop, other, way, limit)
        if is_done:
            return dearer - saved_use(w, mine, theirs)
    return 0


@inlined
def join_near(w: World, stop: int, other: int, way: int, limit: float) -> tuple[int, bool]:
    """Make two near stops neighbours in the first of three ways that is cheap enough and allowed; say what it cost."""
    mine, theirs = w.node[stop, ROUTE], w.node[other, ROUTE]
    stop_in, stop_on = w.node[stop, BEFORE_IT], w.node[stop, AFTER_IT]
    other_in, other_on = w.node[other, BEFORE_IT], w.node[other, AFTER_IT]
    if mine != theirs:
        dearer = way + plain_m(w, other_in, stop_on) - w.node[stop, WAY_ON] - w.node[other, WAY_IN]
        if dearer < limit and swap_tails(w, mine, theirs, stop, stop_on, other_in, other):
            return dearer, True
    if w.is_timed:
        # A piece turned round would hardly ever keep its windows.
        return 0, False
    dearer = way + plain_m(w, stop_on, other_on) - w.node[stop, WAY_ON] - w.node[other, WAY_ON]
    if dearer < limit and turn(w, mine, theirs, stop, stop_on, other, other_on):
        return dearer, True
    dearer = way + plain_m(w, stop_in, other_in) - w.node[stop, WAY_IN] - w.node[other, WAY_IN]
    if dearer < limit and turn(w, mine, theirs, stop_in, stop, other_in, other):
        return dearer, True
    return 0, False


@inlined
def saved_use(w: World, a: int, b: int) -> int:
    """Return what is saved when one of two routes has become empty."""
    return w.kind[w.route[a, KIND], USE] if w.route[a, SIZE] == 0 or w.route[b, SIZE] == 0 else 0


@inlined
def head_load(w: World, last: int, dimension: int) -> int:
    """Return what a route carries up to and with a node."""
    load = 0
    while last <= w.stops:
        load += w.stop[last, w.loads + dimension]
        last = w.node[last, BEFORE_IT]
    return load


@inlined
def added_load(w: World, a: int, b: int, a_last: int, b_last: int, dimension: int) -> int:
    """Return how much more ``a`` carries when it and ``b``, which has the same room, give each other their ends."""
    heads = head_load(w, a_last, dimension) - head_load(w, b_last, dimension)
    return heads + w.space[a, LEFT + dimension] - w.space[b, LEFT + dimension]


@inlined
def head_size(w: World, last: int) -> int:
    """Return how many stops a route has up to and with a node."""
    size = 0
    while last <= w.stops:
        size += 1
        last = w.node[last, BEFORE_IT]
    return size


@compiled
def swap_tails(w: World, a: int, b: int, a_last: int, a_on: int, b_last: int, b_on: int) -> bool:
    """Give what follows ``a_last`` to route ``b`` and what follows ``b_last`` to ``a``, where rules allow it."""
    if w.is_timed and not (meets(w, a, a_last, b_on) and meets(w, b, b_last, a_on)):
        return False
    for d in range(w.width):
        added = added_load(w, a, b, a_last, b_last, d)
        if added > w.space[a, LEFT + d] or -added > w.space[b, LEFT + d]:
            return False
    for d in range(w.width):
        added = added_load(w, a, b, a_last, b_last, d)
        w.space[a, LEFT + d] -= added
        w.space[b, LEFT + d] += added
    moved = w.route[b, SIZE] - head_size(w, b_last) - w.route[a, SIZE] + head_size(w, a_last)
    a_end, b_end = w.route[a, LAST], w.route[b, LAST]
    rename(w, a_on, b)
    rename(w, b_on, a)
    resize(w, a, b, moved)
    meet(w, a, a_last, b_on, b_end)
    meet(w, b, b_last, a_on, a_end)
    return True


@inlined
def rename(w: World, stop: int, route: int) -> None:
    """Give a stop and all behind it to a route."""
    while stop <= w.stops:
        w.node[stop, ROUTE] = route
        stop = w.node[stop, AFTER_IT]


@inlined
def resize(w: World, a: int, b: int, moved: int) -> None:
    """Count ``moved`` stops from route ``b`` to route ``a``; a route that has none left is an empty one."""
    w.route[a, SIZE] += moved
    w.route[b, SIZE] -= moved
    if w.route[a, SIZE] == 0:
        put_empty(w, a)
    if w.route[b, SIZE] == 0:
        put_empty(w, b)


@inlined
def meet(w: World, route: int, last: int, on: int, end: int) -> None:
    """Let ``on`` and what follows it, up to ``end``, come after ``last``."""
    join(w, last, on, route)
    if on <= w.stops:
        w.route[route, LAST] = end
    if w.is_timed:
        onward(w, route, on)
        backward(w, route, last)


@compiled
def turn(w: World, a: int, b: int, a_last: int, a_on: int, b_last: int, b_on: int) -> bool:
    """Join the two ends before a cut, and the two behind it, where there is room; pieces between are turned round."""
    if a == b:
        turn_within(w, a, a_last, a_on, b_last, b_on)
        return True
    for d in range(w.width):
        room = w.kind[w.route[a, KIND], ROOM + d]
        left = room - head_load(w, a_last, d) - head_load(w, b_last, d)
        if left < 0 or w.space[a, LEFT + d] + w.space[b, LEFT + d] - left < 0:
            return False
    for d in range(w.width):
        room = w.kind[w.route[a, KIND], ROOM + d]
        left = room - head_load(w, a_last, d) - head_load(w, b_last, d)
        w.space[b, LEFT + d] += w.space[a, LEFT + d] - left
        w.space[a, LEFT + d] = left
    moved = head_size(w, a_last) + head_size(w, b_last) - w.route[a, SIZE]
    kind = w.route[a, KIND]
    a_end, b_first = w.route[a, LAST], w.route[b, FIRST]
    resize(w, a, b, moved)
    if b_last <= w.stops:
        reverse(w, b_first, b_last, a)
        join(w, b_first, w.kind[kind, END], a)
        join(w, a_last, b_last, a)
    else:
        join(w, a_last, w.kind[kind, END], a)
    if a_on <= w.stops:
        reverse(w, a_on, a_end, b)
        join(w, w.kind[kind, START], a_end, b)
        join(w, a_on, b_on, b)
    else:
        join(w, w.kind[kind, START], b_on, b)
    return True


@inlined
def turn_within(w: World, route: int, a_last: int, a_on: int, b_last: int, b_on: int) -> None:
    """Turn the piece between two cuts of one route round."""
    ahead = a_on
    while ahead <= w.stops and ahead != b_last:
        ahead = w.node[ahead, AFTER_IT]
    if ahead == b_last and ahead <= w.stops:
        reverse(w, a_on, b_last, route)
        join(w, a_last, b_last, route)
        join(w, a_on, b_on, route)
    else:
        reverse(w, b_on, a_last, route)
        join(w, b_last, a_last, route)
        join(w, b_on, a_on, route)


@inlined
def reverse(w: World, first: int, last: int, route: int) -> None:
    """Turn the stops from ``first`` to ``last`` round and give them to a route; their outer neighbours stay."""
    stop = first
    while True:
        on = w.node[stop, AFTER_IT]
        w.node[stop, ROUTE] = route
        w.node[stop, AFTER_IT], w.node[stop, BEFORE_IT] = w.node[stop, BEFORE_IT], on
        w.node[stop, WAY_ON], w.node[stop, WAY_IN] = w.node[stop, WAY_IN], w.node[stop, WAY_ON]
        if stop == last:
            return
        stop = on
