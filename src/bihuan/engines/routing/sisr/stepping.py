"""One step of the search: take strings of stops out, put them in again, keep it or take it back; and many steps."""

import math

import numpy as np

from .arrays import (
    ABSENT,
    AFTER_IT,
    BEFORE_IT,
    BESIDE,
    BLINK,
    BUFFER,
    DONE,
    EMPTIES,
    EMPTY,
    END,
    GONE,
    GONE_AFTER,
    GONE_FROM,
    HOME,
    KEY,
    KIND,
    LEFT,
    MINE,
    MINES,
    MOVE,
    OUT,
    OUTS,
    OWN,
    PRICE,
    PUT,
    REMOVED,
    ROUTE,
    RUINED,
    SIZE,
    SLOTS,
    STAMP,
    START,
    TO_PUT,
    USE,
    WAY_IN,
    WAY_ON,
    WINDOWS,
    World,
)
from .chaining import chain
from .compiling import compiled, inlined
from .crossing import cross
from .linking import link, remember, unlink, used
from .roads import NOWHERE, Place, beside, cost, fits, in_time, nowhere, plain_m

LONGEST_STRING = 10.0
MEAN_REMOVED = 10.0
SPLIT, SPLIT_ON = 0.5, 0.01
BLINKS = 0.01
LEFT_OUT_TRIED = 8
SLOTS_TRIED = 6
STEPS_A_CHAIN = 2
"""A chain takes about as long as a step: two steps to one were better than one, or three where time is short."""
AT_HAND = 1_000
"""A step begins at one of so many stops that are neighbours along the curve."""


@inlined
def draw(w: World) -> float:
    """Return a random number from 0 to below 1 (xorshift, Marsaglia 2003, doi:10.18637/jss.v008.i14)."""
    x = w.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    w.random[0] = x
    return float(x >> np.uint64(11)) * 1.1102230246251565e-16


@inlined
def below(w: World, count: int) -> int:
    """Return a random whole number from 0 to below ``count``."""
    return int(draw(w) * count)


@compiled
def ruin(w: World, seed: int, mean_size: float) -> int:
    """Take strings out of routes around a stop; return by how much the plan becomes dearer."""
    longest = min(LONGEST_STRING, mean_size)
    strings = int(draw(w) * (4.0 * MEAN_REMOVED / (1.0 + longest) - 1.0) + 1.0)
    dearer = 0
    for k in range(-1, w.nears):
        stop = seed if k < 0 else w.near[seed, k, 0]
        route = w.node[stop, ROUTE]
        if route < 0 or w.space[route, OWN] != w.me or w.route[route, RUINED] == w.tally[STAMP]:
            continue
        w.route[route, RUINED] = w.tally[STAMP]
        size = w.route[route, SIZE]
        length = min(size, int(draw(w) * min(longest, size) + 1.0))
        dearer += remove_string(w, stop, length)
        strings -= 1
        if strings <= 0 or w.tally[REMOVED] > BUFFER // 2:
            break
    return dearer


@inlined
def remove_string(w: World, stop: int, length: int) -> int:
    """Take out ``length`` stops in a row that hold ``stop``, half the time with a piece of the row kept inside."""
    size = w.route[w.node[stop, ROUTE], SIZE]
    kept = 0
    if 1 < length < size and draw(w) < SPLIT:
        kept = 1
        while length + kept < size and draw(w) < SPLIT_ON:
            kept += 1
    first = window_start(w, stop, length + kept, below(w, length + kept))
    keep_from = 1 + below(w, length) if kept else length + kept
    dearer = 0
    for k in range(length + kept):
        after = w.node[first, AFTER_IT]
        if not keep_from <= k < keep_from + kept:
            dearer += remove(w, first)
        first = after
    return dearer


@inlined
def window_start(w: World, stop: int, length: int, back: int) -> int:
    """Return the first of ``length`` stops in a row, ``back`` before ``stop`` or as near to that as can be."""
    first = stop
    steps = 0
    while steps < back and w.node[first, BEFORE_IT] <= w.stops:
        first = w.node[first, BEFORE_IT]
        steps += 1
    last = stop
    ahead = length - 1 - steps
    while ahead > 0 and w.node[last, AFTER_IT] <= w.stops:
        last = w.node[last, AFTER_IT]
        ahead -= 1
    while ahead > 0 and w.node[first, BEFORE_IT] <= w.stops:
        first = w.node[first, BEFORE_IT]
        ahead -= 1
    return first


@inlined
def remove(w: World, stop: int) -> int:
    """Take a stop out and note how to put it back."""
    remember(w, stop, w.tally[REMOVED])
    w.tally[REMOVED] += 1
    return unlink(w, stop)


@compiled
def collect(w: World) -> int:
    """List what is to be put in, the stops taken out and some of those left out before, in a random kind of order."""
    removed = count = w.tally[REMOVED]
    for k in range(removed):
        w.note[TO_PUT, k] = w.note[GONE, k]
    others = w.tally[OUTS] - removed
    for _ in range(min(LEFT_OUT_TRIED, others)):
        # The stops just taken out stand at the end of the list.
        stop = w.lists[OUT, below(w, others)]
        if w.node[stop, ROUTE] == ABSENT and w.note[TO_PUT, count - 1] != stop:
            w.note[TO_PUT, count] = stop
            count += 1
    weigh(w, count)
    sort(w, count)
    return count


@compiled
def weigh(w: World, count: int) -> None:
    """Give each stop its place in the order: by chance, load, distance from a depot, or window."""
    depot, how = w.stops + 1, draw(w) * (17.0 if w.is_timed else 11.0)
    for k in range(count):
        stop = w.note[TO_PUT, k]
        if how < 4.0:
            w.note[KEY, k] = below(w, 1 << 30)
        elif how < 8.0:
            w.note[KEY, k] = -int(w.stop[stop, w.loads])
        elif how < 10.0:
            w.note[KEY, k] = -int(cost(w, 0, depot, stop))
        elif how < 11.0:
            w.note[KEY, k] = int(cost(w, 0, depot, stop))
        elif how < 13.0:
            w.note[KEY, k] = int(w.stop[stop, WINDOWS + 1] - w.stop[stop, WINDOWS])
        elif how < 15.0:
            w.note[KEY, k] = int(w.stop[stop, WINDOWS])
        else:
            w.note[KEY, k] = -int(w.stop[stop, WINDOWS + 1])


@compiled
def sort(w: World, count: int) -> None:
    """Sort what is to be put in by its key; there are few."""
    for k in range(1, count):
        stop, key, at = w.note[TO_PUT, k], w.note[KEY, k], k
        while at > 0 and w.note[KEY, at - 1] > key:
            w.note[TO_PUT, at], w.note[KEY, at] = w.note[TO_PUT, at - 1], w.note[KEY, at - 1]
            at -= 1
        w.note[TO_PUT, at], w.note[KEY, at] = stop, key


@compiled
def recreate(w: World, count: int) -> int:
    """Put each listed stop where it costs least, or leave it out; return by how much the plan becomes dearer."""
    dearer = 0
    w.tally[PUT] = 0
    for k in range(count):
        stop = w.note[TO_PUT, k]
        if w.node[stop, ROUTE] != ABSENT:
            continue
        price, before, route = beside_near(w, stop)
        price, before, route = in_empty(w, stop, price, before, route)
        if route >= 0 and price < w.stop[stop, PRICE]:
            dearer += link(w, stop, before, route)
            w.note[DONE, w.tally[PUT]] = stop
            w.tally[PUT] += 1
    return dearer


@inlined
def blinks(w: World) -> bool:
    """Say whether this position is passed over, once in a hundred times."""
    w.tally[BLINK] -= 1
    if w.tally[BLINK] > 0:
        return False
    w.tally[BLINK] = 1 + int(math.log(1.0 - draw(w)) / math.log(1.0 - BLINKS))
    return True


@inlined
def beside_near(w: World, stop: int) -> Place:
    """Return the cheapest place beside one of the nearest stops."""
    if w.is_plain:
        return plainly_beside_near(w, stop)
    best = nowhere()
    for k in range(w.nears):
        node = w.near[stop, k, 0]
        route = w.node[node, ROUTE]
        if route < 0 or w.space[route, OWN] != w.me or not fits(w, stop, route) or blinks(w):
            continue
        best = beside(w, stop, node, route, best)
    return best


@compiled
def plainly_beside_near(w: World, stop: int) -> Place:
    """Return the same as :func:`beside_near` where cost is metres; most of the time of a search is spent here."""
    best, best_before, best_route = NOWHERE, -1, -1
    is_simple = w.width == 1 and w.kinds == 1
    for one in range(with_room(w, stop)):
        k = w.note[BESIDE, one]
        node, way = w.near[stop, k, 0], w.near[stop, k, 1]
        way_in, way_on = w.node[node, WAY_IN], w.node[node, WAY_ON]
        # Of two neighbours the nearer one is looked at first, so the other is no nearer; where neighbours are chosen by
        # time too, it may be nearer, but no more than the leg between them.
        slip = 2 if w.is_timed else 1
        if 2 * way - slip * max(way_in, way_on) >= best or blinks(w):
            continue
        route = w.node[node, ROUTE]
        if not (is_simple or fits(w, stop, route)):
            continue
        if 2 * way - slip * way_on < best:
            after = w.node[node, AFTER_IT]
            price = way + plain_m(w, stop, after) - way_on
            if price < best and in_time(w, stop, node, after, route):
                best, best_before, best_route = price, node, route
        if 2 * way - slip * way_in < best:
            before = w.node[node, BEFORE_IT]
            price = way + plain_m(w, before, stop) - way_in
            if price < best and in_time(w, stop, before, node, route):
                best, best_before, best_route = price, before, route
    return best, best_before, best_route


@compiled
def with_room(w: World, stop: int) -> int:
    """Note which of the nearest are in routes with room; without a branch, which the processor would guess wrong.

    Loads are not negative, and no route but its own has room for a thread.
    """
    load, found, near, noted = w.stop[stop, w.loads], 0, w.near[stop], w.note[BESIDE]
    for k in range(w.nears):
        route = w.node[near[k, 0], ROUTE]
        noted[found] = k
        found += int(w.space[route, LEFT] >= load)
    return found


@inlined
def in_empty(w: World, stop: int, best: int, before: int, best_route: int) -> tuple[int, int, int]:
    """Return the better of the best so far and a trip of its own, in some vehicle of each kind."""
    for kind in range(w.kinds):
        empties = w.tally[EMPTIES + kind]
        if empties == 0:
            continue
        tries = min(empties, SLOTS_TRIED) if w.route[w.lists[EMPTY + kind, 0], SLOTS] > 1 else 1
        for _ in range(tries):
            route = w.lists[EMPTY + kind, below(w, empties) if tries > 1 else empties - 1]
            price = alone(w, stop, route)
            start, end = w.kind[kind, START], w.kind[kind, END]
            if price < best and fits(w, stop, route) and in_time(w, stop, start, end, route):
                best, before, best_route = price, start, route
    return best, before, best_route


@inlined
def alone(w: World, stop: int, route: int) -> int:
    """Return what a trip for one stop costs."""
    kind = w.route[route, KIND]
    price = cost(w, kind, w.kind[kind, START], stop) + cost(w, kind, stop, w.kind[kind, END])
    if w.kind[kind, USE] > 0 and used(w, route) == 0:
        price += w.kind[kind, USE]
    if w.stop[stop, HOME] >= 0 and w.stop[stop, HOME] != kind:
        price += w.stop[stop, MOVE]
    return price


@compiled
def take_back(w: World) -> None:
    """Undo a step: take out what was put in, put back what was taken out, last things first."""
    for k in range(w.tally[PUT] - 1, -1, -1):
        unlink(w, w.note[DONE, k])
    for k in range(w.tally[REMOVED] - 1, -1, -1):
        link(w, w.note[GONE, k], w.note[GONE_AFTER, k], w.note[GONE_FROM, k])


@compiled
def anneal(w: World, warm: float, cold: float, steps: int, mean_size: float) -> tuple[int, int]:
    """Make so many steps while it cools from ``warm`` to ``cold``; return the change of the cost and the steps kept.

    They sweep once over the thread's stops, which lie along Hilbert's curve, so that what is looked at next is in the
    processor's cache already.
    """
    total, kept = 0, 0
    cooling = (cold / warm) ** (1.0 / steps)
    for step in range(steps):
        warm *= cooling
        w.tally[STAMP] += 1
        w.tally[REMOVED] = 0
        around = int(step * w.tally[MINES] / steps) + below(w, min(AT_HAND, w.tally[MINES]))
        seed = w.lists[MINE, around % w.tally[MINES]]
        dearer = ruin(w, seed, mean_size)
        dearer += recreate(w, collect(w))
        if dearer < -warm * math.log(1.0 - draw(w)):
            total += dearer
            kept += 1
        else:
            take_back(w)
        if w.is_plain and not w.is_chained:
            total += cross(w, seed, -warm * math.log(1.0 - draw(w)))
        if step % STEPS_A_CHAIN == 0:
            total += chain(w, seed, -warm * math.log(1.0 - draw(w)))
    return total, kept


@compiled
def insert_all(w: World, order: np.ndarray) -> int:
    """Put many stops in one after another; return by how much the plan becomes dearer."""
    dearer = 0
    for k in range(len(order)):
        w.note[TO_PUT, 0] = order[k]
        # One; a bare 1 is a type of its own to numba, and all would be compiled once more.
        dearer += recreate(w, min(1, len(order)))
    return dearer
