"""A plan that always answers: along a curve that fills the city, each vehicle filled with what lies next.

The idea is that of Bartholdi and Platzman (1988, doi:10.1287/mnsc.34.3.291), on Hilbert's curve, with the cheapest of
the next few stops taken instead of the very next one. Nothing is improved afterwards.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from .curve import hilbert
from .legs import count_places, xy
from .plan import Plan
from .problem import FOREVER, UNREACHABLE, Problem, Vehicle, amount, may_serve
from .timing import Rules, begins, timed

LOOKS = 60_000
"""How many candidates are looked at altogether, so that 30,000 stops are planned within a second."""

Unit = tuple[int, ...]


@dataclass(slots=True)
class _Open:
    """A trip that is being filled: where its vehicle is, since when and when, its load, and the most a pair adds."""

    vehicle: Vehicle
    point: tuple[int, int]
    depart_s: int
    clock_s: int
    load: list[int]
    highest_pair: list[int]


def baseline(problem: Problem) -> Plan:
    """Return a plan by greed. Stops that no vehicle has room or time for are left out. O(stops)."""
    rules = Rules(problem)
    waiting = _along_the_curve(problem, rules)
    days: dict[tuple[int, int], list[list[int]]] = {}
    for number in _best_first(problem):
        for unit in range(problem.vehicles[number].count):
            trips = _fill_day(rules, number, waiting)
            if not trips:
                break
            days[number, unit] = trips
    return timed(problem, days)


def _along_the_curve(problem: Problem, rules: Rules) -> list[Unit]:
    """Return what is to be served in the order of the curve; what must be served and matters most comes first."""
    units = rules.units(range(len(problem.stops)))
    where = xy(problem.travel, problem.lonlat)
    along = range(count_places(problem.travel)) if where is None else hilbert(where).tolist()
    stops = problem.stops

    def order(unit: Unit) -> tuple[int, str, int]:
        first = stops[unit[0]]
        urgent = -first.priority if first.skip_price is None else 10 - first.priority
        return urgent, first.zone if rules.legs.zone(first.zone) >= 0 else "", along[first.place]

    return sorted(units, key=order)


def _best_first(problem: Problem) -> Iterable[int]:
    """Return the numbers of the vehicles, the roomiest first: fewest trips."""
    size = [sum(vehicle.capacity) if vehicle.capacity else FOREVER for vehicle in problem.vehicles]
    return sorted(range(len(size)), key=lambda number: (-size[number], number))


def _fill_day(rules: Rules, number: int, waiting: list[Unit]) -> list[list[int]]:
    vehicle = rules.problem.vehicles[number]
    trips: list[list[int]] = []
    point, ready = (vehicle.start, rules.legs.zone(vehicle.start_zone)), vehicle.shift[0]
    while waiting and len(trips) < vehicle.trips:
        stops, end = _fill_trip(rules, vehicle, point, ready, waiting)
        if not stops:
            break
        trips.append(stops)
        point, ready = (vehicle.end, -1), end + vehicle.reload_s
    return trips


def _fill_trip(
    rules: Rules, vehicle: Vehicle, point: tuple[int, int], ready_s: int, waiting: list[Unit]
) -> tuple[list[int], int]:
    """Take waiting stops into one trip until none of the next few fits; return them and when it is back."""
    count = len(rules.problem.stops)
    window = max(2, LOOKS // max(1, count))
    width = range(len(vehicle.capacity))
    now = _Open(vehicle, point, ready_s, ready_s, [0 for _ in width], [0 for _ in width])
    stops: list[int] = []
    end, at = ready_s, 0
    while True:
        found = _cheapest(rules, now, waiting, at, window if stops else len(waiting), is_first=not stops)
        if found is None:
            return stops, end
        at, state, end = found
        now = state
        stops += waiting.pop(at)


def _cheapest(
    rules: Rules, now: _Open, waiting: list[Unit], at: int, window: int, *, is_first: bool
) -> tuple[int, _Open, int] | None:
    best: tuple[int, _Open, int] | None = None
    lowest = math.inf
    for k in range(at, min(at + window, len(waiting))):
        after = _append(rules, now, waiting[k], is_first=is_first)
        if after is not None and (price := after[0].clock_s - now.clock_s) < lowest:
            best, lowest = (k, *after), price
            if is_first:
                break
    return best


def _append(rules: Rules, now: _Open, unit: Unit, *, is_first: bool) -> tuple[_Open, int] | None:
    """Return the trip with a unit at its end and when it is back, or nothing where a rule forbids it."""
    stops, legs, vehicle = rules.problem.stops, rules.legs, now.vehicle
    if not all(may_serve(vehicle, stops[k]) for k in unit) or (loads := _loaded(rules, now, unit)) is None:
        return None
    point, clock, depart = now.point, now.clock_s, now.depart_s
    released = max(stops[k].release_s for k in unit)
    if released > depart:
        # Only a trip that has nothing yet can leave later without making others late.
        if not is_first:
            return None
        clock = depart = released
    for k in unit:
        metres, driven, cleaning = legs.leg(point, legs.points[k])
        clock = begins(stops[k], clock + driven + cleaning) + stops[k].service_s
        if max(metres, driven) >= UNREACHABLE or clock >= FOREVER:
            return None
        point = legs.points[k]
    metres, driven, cleaning = legs.leg(point, (vehicle.end, legs.zone(vehicle.end_zone)))
    end = clock + driven + cleaning
    if max(metres, driven) >= UNREACHABLE or end > vehicle.shift[1]:
        return None
    return _Open(vehicle, point, depart, clock, *loads), end


def _loaded(rules: Rules, now: _Open, unit: Unit) -> tuple[list[int], list[int]] | None:
    load, highest = list(now.load), list(now.highest_pair)
    for dimension, room in enumerate(now.vehicle.capacity):
        load[dimension] += sum(amount(rules.problem.stops[k].demand, dimension) for k in unit)
        if len(unit) > 1:
            highest[dimension] = max(highest[dimension], rules.change(unit[0], dimension))
        if load[dimension] + highest[dimension] > room:
            return None
    return load, highest
