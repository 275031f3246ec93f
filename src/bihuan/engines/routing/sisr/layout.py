"""Lays a problem out as arrays, stops along Hilbert's curve so that neighbours lie near each other in memory."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from ..curve import hilbert
from ..legs import Legs, xy
from ..problem import FOREVER, UNREACHABLE, Coordinates, Matrix, Problem, Stop, amount, dimensions, skip_price
from .arrays import (
    ABSENT,
    APART,
    BESIDE,
    BUFFER,
    EMPTIES,
    EMPTY,
    KIND,
    MUST,
    NEVER,
    PLACE,
    ROUTE,
    ROUTE_WIDTH,
    SLOTS,
    WINDOWS,
    ZONE,
    Longs,
    Words,
    World,
    X,
    Y,
)  # fmt: skip

Seconds = NDArray[np.float64]

NEIGHBOURS = 40
WIDER = 3
"""Where there are times, the neighbours are chosen from so many times as many nearest."""
WAITING = 0.2
UNLIMITED = 2**40
SPARE = 20
"""So many vehicles more than the loads need, and a tenth, are laid out of a kind that has more."""
TRIPS_AT_MOST = 16


@dataclass(frozen=True, slots=True)
class Layout:
    """A world that serves nobody yet, which stop each node is (``stop_of[node - 1]``), and each route's vehicle."""

    world: World
    stop_of: Longs
    unit: Longs


def lay_out(problem: Problem, neighbours: int = NEIGHBOURS) -> Layout:
    """Return the arrays of a problem without pairs. O(stops · log stops), or the size of its tables."""
    where = xy(problem.travel, problem.lonlat)
    places = np.array([stop.place for stop in problem.stops])
    stop_of = np.arange(len(places)) if where is None else np.argsort(hilbert(where[places]), kind="stable")
    route, unit = _routes(problem)
    return Layout(_world(problem, stop_of, neighbours, route), stop_of, unit)


def _routes(problem: Problem) -> tuple[Longs, Longs]:
    """Return a row for each route, and which of the vehicles alike it belongs to."""
    rows: list[list[int]] = []
    unit: list[int] = []
    for number, vehicle in enumerate(problem.vehicles):
        trips = _trips(problem, number)
        needed = SPARE + _needed(problem, number) * 11 // 10
        for one in range(min(vehicle.count, needed, len(problem.stops))):
            first = len(rows)
            row = [0, 0, 0, number, first, trips, *vehicle.shift, vehicle.shift[0]]
            row += [0] * (ROUTE_WIDTH - len(row))
            rows += [row] * trips
            unit += [one] * trips
    return np.array(rows, np.int64).reshape(len(rows), ROUTE_WIDTH), np.array(unit, np.int64)


def _needed(problem: Problem, number: int) -> int:
    """Return how many vehicles of this kind alone would carry everything; all where windows may need more."""
    if any(stop.windows for stop in problem.stops) or problem.vehicles[number].shift[1] < FOREVER:
        return len(problem.stops)
    loads = [sum(amount(stop.demand, k) for stop in problem.stops) for k in range(dimensions(problem))]
    rooms = problem.vehicles[number].capacity
    return max([-(-load // max(1, amount(rooms, k))) for k, load in enumerate(loads)]) if rooms else 1


def _trips(problem: Problem, number: int) -> int:
    """Return how many trips are laid out for each vehicle of this kind."""
    vehicle = problem.vehicles[number]
    if vehicle.trips == 1 or vehicle.start != vehicle.end:
        return 1
    even = -(-2 * _needed_by_load(problem) // max(1, sum(v.count for v in problem.vehicles))) + 2
    return min(vehicle.trips, TRIPS_AT_MOST, max(3, even))


def _needed_by_load(problem: Problem) -> int:
    load = sum(amount(stop.demand, 0) for stop in problem.stops)
    rooms = [amount(vehicle.capacity, 0) for vehicle in problem.vehicles if vehicle.capacity]
    return -(-load // max(1, min(rooms, default=UNLIMITED)))


def _world(problem: Problem, stop_of: Longs, neighbours: int, route: Longs) -> World:
    stops = [problem.stops[k] for k in stop_of]
    legs, vehicles, width = Legs(problem), problem.vehicles, dimensions(problem)
    nodes = _nodes(problem, legs, stop_of)
    place = np.array([at for at, _ in nodes])
    plane = legs.travel if isinstance(legs.travel, Coordinates) else None
    table = np.zeros((2, 1, 1), np.int32) if plane else _tables(legs.travel)
    is_odd, half = plane is None or bool(problem.sealed), 0.0 if plane and plane.is_cut else 0.5
    node = np.zeros((len(nodes), 8), np.int32)
    node[:, ROUTE] = ABSENT
    if plane:
        node[:, X], node[:, Y] = np.array([plane.x, plane.y])[:, place] * plane.times
    spans = max([len(stop.windows) for stop in stops] + [1])
    has_homes = any(stop.home is not None and stop.move_price for stop in stops)
    is_timed = any(v.shift[1] < FOREVER for v in vehicles) or any(stop.windows for stop in stops)
    is_chained = any(stop.release_s for stop in stops) or bool(len(route) and route[:, SLOTS].max() > 1)
    metres = None if plane else table[0]
    # Where a vehicle makes several trips, stops of one place are served on any of them, so times choose no neighbours.
    by_time = is_timed and not is_chained
    near = _near(node, metres, place, len(stops), neighbours * (WIDER if by_time else 1), half)
    if by_time and near.shape[1]:
        near = _near_in_time(near, stops, neighbours, _drives_s(near, place, plane, table[1]))
    return World(
        node=node, stop=_stop_rows(problem, stops, nodes, spans), near=near, route=route,
        space=_space(problem, route),
        kind=_kind_rows(problem, len(stops)),
        zone=np.array(_cleaners(problem, len(nodes)), np.int64), table=table,
        lists=np.zeros((EMPTY + len(vehicles), max(len(stops), len(route)) + 1), np.int64),
        note=np.zeros((BESIDE + 1, BUFFER), np.int64), tally=np.zeros(EMPTIES + len(vehicles) + APART, np.int64),
        random=np.ones(1, np.uint64), me=0, stops=len(stops), kinds=len(vehicles), nears=near.shape[1], width=width,
        spans=spans, loads=WINDOWS + 2 * spans, half=half, speed=plane.metres_per_ks if plane else 1000,
        is_odd=is_odd, is_table=plane is None,
        is_plain=not is_odd and not has_homes and all(v.cost_per_m == 1 and v.cost_per_s == 0 for v in vehicles),
        is_timed=is_timed, is_chained=is_timed and is_chained,
    )  # fmt: skip


def _stop_rows(problem: Problem, stops: list[Stop], nodes: list[tuple[int, int]], spans: int) -> Longs:
    names, width = _names_of_kinds(problem), dimensions(problem)
    rows = np.zeros((len(nodes), WINDOWS + 2 * spans + width), np.int64)
    for k, (place, zone) in enumerate(nodes):
        rows[k, PLACE], rows[k, ZONE] = place, zone
    for k, stop in enumerate(stops, 1):
        windows = [*(stop.windows or ((0, FOREVER),)), *[(NEVER, -1)] * spans][:spans]
        price = MUST << stop.priority if stop.skip_price is None else min(MUST, skip_price(stop))
        may = sum(1 << bit for name, bit in names.items() if not stop.kinds or name in stop.kinds)
        home = -1 if stop.home is None else stop.home
        rows[k, :PLACE] = (0, 0, stop.service_s, stop.release_s, price, stop.move_price, home, may)
        rows[k, WINDOWS:] = [s for span in windows for s in span] + [
            amount(stop.demand, d) for d in range(width)
        ]
    return rows


def _kind_rows(problem: Problem, stops: int) -> Longs:
    names, wide = _names_of_kinds(problem), range(dimensions(problem))
    return np.array([
        [stops + 1 + 2 * k, stops + 2 + 2 * k, *v.shift, v.cost_per_m, v.cost_per_s, v.cost_of_use, v.reload_s,
         names[v.kind], *(amount(v.capacity, d) if v.capacity else UNLIMITED for d in wide)]
        for k, v in enumerate(problem.vehicles)
    ], np.int64)  # fmt: skip


def _space(problem: Problem, route: Longs) -> Longs:
    """Return whose each route is and what room it has, nothing loaded yet, and a last row that is no route's."""
    kinds = [v.capacity for v in problem.vehicles]
    wide = range(dimensions(problem))
    rows = [
        [0, *(amount(kinds[k], d) if kinds[k] else UNLIMITED for d in wide)] for k in route[:, KIND].tolist()
    ]
    return np.array([*rows, [ABSENT, *(ABSENT for _ in wide)]], np.int64)


def _names_of_kinds(problem: Problem) -> dict[str, int]:
    """Give each name of a kind its bit; stops that say nothing about kinds let every name come."""
    return {name: bit for bit, name in enumerate(sorted({vehicle.kind for vehicle in problem.vehicles}))}


def _nodes(problem: Problem, legs: Legs, stop_of: Longs) -> list[tuple[int, int]]:
    """Return place and sealed zone of every node."""
    depots = [
        point
        for v in problem.vehicles
        for point in ((v.start, legs.zone(v.start_zone)), (v.end, legs.zone(v.end_zone)))
    ]
    cleaners = [(zone.decontaminate_at or 0, -1) for zone in problem.sealed]
    return [(0, -1), *(legs.points[k] for k in stop_of), *depots, *cleaners]


def _cleaners(problem: Problem, nodes: int) -> list[tuple[int, int]]:
    first = nodes - len(problem.sealed)
    found = [
        (-1 if z.decontaminate_at is None else first + k, z.decontaminate_s)
        for k, z in enumerate(problem.sealed)
    ]
    return found or [(-1, 0)]


def _tables(travel: Coordinates | Matrix) -> Words:
    assert isinstance(travel, Matrix)
    found: Words = np.minimum(np.stack([travel.metres, travel.seconds]), UNREACHABLE).astype(np.int32)
    return found


def _near(node: Words, metres: Words | None, place: Longs, stops: int, neighbours: int, half: float) -> Words:
    """Return each stop's nearest ones and the metres to them, shape (stops + 1, neighbours, 2); row 0 is of no stop."""
    count = min(neighbours, stops - 1)
    near = np.zeros((stops + 1, max(0, count), 2), np.int32)
    if count < 1:
        return near
    spot, own = node[1 : stops + 1, X:].astype(float), place[1 : stops + 1]
    if metres is None:
        _, found = cKDTree(spot).query(spot, k=count + 1)
    else:
        both = metres[np.ix_(own, own)]
        found = np.argsort(np.minimum(both, both.T), axis=1, kind="stable")[:, : count + 1]
    others = _without_itself(found, count)
    near[1:, :, 0] = others + 1
    if metres is None:
        near[1:, :, 1] = np.hypot(*(spot[:, None] - spot[others]).transpose(2, 0, 1)) + half
    else:
        near[1:, :, 1] = metres[own[:, None], own[others]]
    return near


def _drives_s(near: Words, place: Longs, plane: Coordinates | None, seconds: Words) -> Seconds:
    """Return the seconds between each stop and its near ones, by a table in the quicker direction."""
    if plane:
        return np.asarray(near[:, :, 1] * 1000.0 / plane.metres_per_ks, np.float64)
    here, there = place[: len(near), None], place[near[:, :, 0]]
    return np.minimum(seconds[here, there], seconds[there, here]).astype(float)


def _near_in_time(near: Words, stops: list[Stop], neighbours: int, drive_s: Seconds) -> Words:
    """Return of each row those that one would drive to or come from with little waiting and no lateness.

    The measure is that of Vidal, Crainic, Gendreau and Prins (2013, doi:10.1016/j.cor.2012.07.018): driving, a fifth of
    the waiting, all of the lateness that can't be avoided, in the better of the two directions.
    """
    opens = np.array([0, *(stop.windows[0][0] if stop.windows else 0 for stop in stops)], float)
    closes = np.array([0, *(stop.windows[-1][1] if stop.windows else FOREVER for stop in stops)], float)
    work = np.array([0, *(stop.service_s for stop in stops)], float)
    me, other = np.arange(len(near))[:, None], near[:, :, 0]
    far = np.full(drive_s.shape, np.inf)
    for a, b in ((me, other), (other, me)):
        waits = np.maximum(0, opens[b] - closes[a] - work[a] - drive_s)
        is_late = np.maximum(0, opens[a] + work[a] + drive_s - closes[b])
        far = np.minimum(far, drive_s + WAITING * waits + is_late)
    order = np.argsort(far, axis=1, kind="stable")[:, :neighbours]
    found: Words = np.take_along_axis(near, order[:, :, None], axis=1)
    return found


def _without_itself(found: Longs, count: int) -> Longs:
    """Return the first ``count`` of each row that are not the row's own number."""
    is_own = found == np.arange(len(found))[:, None]
    order = np.argsort(is_own, axis=1, kind="stable")
    return np.asarray(np.take_along_axis(found, order, axis=1)[:, :count], np.int64)
