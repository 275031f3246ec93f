"""Moves a stop into a full route, another stop on from there, and so on, until one finds room: an ejection chain.

Where vehicles are full, hardly a stop can move alone, and strings taken out of two or three routes go back into just
these. A chain passes through many routes (Glover 1996, doi:10.1016/0166-218X(94)00037-E; in large problems Accorsi and
Vigo 2021, doi:10.1287/trsc.2021.1059); one that comes back to where it began exchanges two stops, each at its best
place (SWAP*, Vidal 2022, doi:10.1016/j.cor.2021.105643). It goes on as long as the plan so far is cheap enough.
"""

from .arrays import (
    AFTER_IT,
    BEFORE_IT,
    GONE,
    GONE_AFTER,
    GONE_FROM,
    LEFT,
    OWN,
    ROUTE,
    RUINED,
    SLOT,
    STAMP,
    TO_PUT,
    WAY_IN,
    WAY_ON,
    World,
)
from .compiling import compiled, inlined
from .linking import link, remember, unlink
from .roads import NOWHERE, Place, beside, between, has_room, in_time_without, may_come, nowhere

LONGEST_CHAIN = 8
MOVED_ON_TRIED = 6


@compiled
def chain(w: World, stop: int, limit: float) -> int:
    """Do the chain that begins with a stop if it makes the plan less than ``limit`` dearer; return by how much it does.

    Routes that gave or took a stop are marked with a stamp of their own, so that no chain goes round for ever.
    """
    if w.node[stop, ROUTE] < 0:
        return 0
    w.tally[STAMP] += 1
    dearer, moved = 0, 0
    fit, full = places(w, stop)
    while stop >= 0 and moved < LONGEST_CHAIN and in_time_without(w, stop):
        so_far = dearer - saved_by_leaving(w, stop)
        is_end = so_far + fit[0] < limit
        if not is_end and so_far + full[0] >= limit:
            break
        dearer += move(w, stop, fit if is_end else full, moved)
        if is_end:
            return dearer
        moved += 1
        stop, fit, full = moved_on(w, stop, full[2])
    take_back(w, moved)
    return 0


@compiled
def places(w: World, stop: int) -> tuple[Place, Place]:
    """Return the cheapest place beside a near stop of another vehicle with room, and of a full one without a mark."""
    own = w.node[stop, ROUTE]
    fit, full = nowhere(), nowhere()
    for k in range(w.nears):
        node, way = w.near[stop, k, 0], w.near[stop, k, 1]
        route = w.node[node, ROUTE]
        if route == own or w.space[route, OWN] != w.me or not may_come(w, stop, route):
            continue
        # On a plane a stop adds at least as much as this; elsewhere nothing is known before it is counted.
        least = 2 * way - 2 * max(w.node[node, WAY_IN], w.node[node, WAY_ON]) if w.is_plain else -NOWHERE
        if has_room(w, stop, route):
            if least < fit[0] and is_other_vehicle(w, own, route):
                fit = beside(w, stop, node, route, fit)
        elif least < full[0] and w.route[route, RUINED] != w.tally[STAMP] and is_other_vehicle(w, own, route):
            full = beside(w, stop, node, route, full)
    return fit, full


@inlined
def is_other_vehicle(w: World, a: int, b: int) -> bool:
    """Say whether two routes are of two vehicles: the times of the trips of one depend on each other."""
    return not w.is_chained or w.route[a, SLOT] != w.route[b, SLOT]


@inlined
def saved_by_leaving(w: World, stop: int) -> int:
    """Return what a plan saves without a stop, but for the use of a vehicle that becomes empty."""
    return between(w, stop, w.node[stop, BEFORE_IT], w.node[stop, AFTER_IT], w.node[stop, ROUTE])


@inlined
def move(w: World, stop: int, to: Place, moved: int) -> int:
    """Move a stop, note where it was, mark both routes; return by how much the plan becomes dearer."""
    remember(w, stop, moved)
    w.route[w.node[stop, ROUTE], RUINED] = w.tally[STAMP]
    w.route[to[2], RUINED] = w.tally[STAMP]
    return put(w, stop, to[1], to[2])


@compiled
def put(w: World, stop: int, before: int, route: int) -> int:
    """Take a stop out and put it in elsewhere; return by how much the plan becomes dearer."""
    return unlink(w, stop) + link(w, stop, before, route)


@compiled
def moved_on(w: World, stop: int, route: int) -> tuple[int, Place, Place]:
    """Return which stop near by is best moved on from an overfull route, -1 when none makes room, and its places."""
    count = could_move(w, stop, route)
    best, found, best_fit, best_full = NOWHERE, -1, nowhere(), nowhere()
    for k in range(count):
        other = w.note[TO_PUT, k]
        fit, full = places(w, other)
        dearer = min(fit[0], full[0]) - saved_by_leaving(w, other)
        if dearer < best:
            best, found, best_fit, best_full = dearer, other, fit, full
    return found, best_fit, best_full


@inlined
def could_move(w: World, stop: int, route: int) -> int:
    """Note the first few stops near by without which an overfull route is so no more; return how many there are."""
    count = 0
    for k in range(w.nears):
        other = w.near[stop, k, 0]
        if w.node[other, ROUTE] != route or not makes_room(w, other, route) or not in_time_without(w, other):
            continue
        w.note[TO_PUT, count] = other
        count += 1
        if count >= MOVED_ON_TRIED:
            break
    return count


@inlined
def makes_room(w: World, stop: int, route: int) -> bool:
    """Say whether an overfull route is so no more without this stop."""
    is_enough = True
    for d in range(w.width):
        is_enough &= w.space[route, LEFT + d] + w.stop[stop, w.loads + d] >= 0
    return is_enough


@compiled
def take_back(w: World, moved: int) -> None:
    """Put stops back where they were, the last one first."""
    for k in range(moved - 1, -1, -1):
        put(w, w.note[GONE, k], w.note[GONE_AFTER, k], w.note[GONE_FROM, k])
