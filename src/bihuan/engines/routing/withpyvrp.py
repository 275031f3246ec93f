"""Small and odd problems go to PyVRP as it is (Wouda, Lan and Kool 2024, doi:10.1287/ijoc.2023.0055).

Everything a problem can say is put into PyVRP's words: several windows become exclusive clones of a stop, kinds
and homes become profiles of travel, a sealed zone becomes legs by way of its decontamination. What comes back is
judged and, where PyVRP found no plan that keeps every rule, mended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyvrp

from .inserting import sound
from .legs import Legs, tables
from .plan import Plan
from .problem import (
    FOREVER,
    UNREACHABLE,
    Ints,
    Problem,
    Stop,
    Vehicle,
    amount,
    dimensions,
    may_serve,
    skip_price,
)
from .stopping import Progress, Watch, no_progress
from .timing import Rules, days_of, timed

LARGEST = 2**40
CLIENT, DEPOT = pyvrp.ActivityType.CLIENT, pyvrp.ActivityType.DEPOT
PICKUP, DELIVERY = pyvrp.ActivityType.PICKUP, pyvrp.ActivityType.DELIVERY


@dataclass(slots=True)
class _Translated:
    """A problem in PyVRP's words, and the way back: which stop a client is, which pair a shipment."""

    data: pyvrp.ProblemData
    client_stop: list[int]


def solve_small(
    problem: Problem, watch: Watch, seed: int, start: Plan | None = None, progress: Progress = no_progress
) -> Plan:
    """Return PyVRP's best plan, mended where it breaks a rule. Memory and each iteration grow with the stops."""
    translated = translate(problem)

    def is_over(best_cost: float) -> bool:
        watch.done += 1
        if watch.done % 64 == 0:
            progress(watch.share(), int(min(best_cost, LARGEST)))
        return watch.is_over()

    first = None if start is None else _solution(problem, translated, start)
    result = pyvrp.solve(
        translated.data, is_over, seed=seed, collect_stats=False, display=False, initial_solution=first
    )
    return sound(problem, timed(problem, _days(problem, translated, result.best)))


def translate(problem: Problem) -> _Translated:
    """Put a problem into PyVRP's words."""
    legs = Legs(problem)
    depots = [(v.start, legs.zone(v.start_zone)) for v in problem.vehicles] + [
        (v.end, legs.zone(v.end_zone)) for v in problem.vehicles
    ]
    points = sorted({*legs.points, *depots})
    at = {point: k for k, point in enumerate(points)}
    where = [at[point] for point in legs.points]
    paired = {stop for pair in problem.pairs for stop in (pair.pickup, pair.delivery)}
    client_stop: list[int] = []
    clients: list[pyvrp.Client] = []
    groups: list[pyvrp.ClientGroup] = []
    for number, stop in enumerate(problem.stops):
        if number in paired:
            continue
        group = len(groups) if len(stop.windows) > 1 else None
        if group is not None:
            members = [len(clients) + k for k in range(len(stop.windows))]
            groups.append(pyvrp.ClientGroup(members, required=stop.skip_price is None))
        found = list(_clients(problem, stop, where[number], group))
        clients += found
        client_stop += [number] * len(found)
    profiles = _profiles(problem)
    kinds = list(dict.fromkeys(profiles))
    costs, durations = _travel(problem, points, where, [profiles.index(kind) for kind in kinds])
    data = pyvrp.ProblemData(
        locations=[pyvrp.Location(0, 0) for _ in points],
        clients=clients,
        depots=[*_depots(problem, at, legs)],
        vehicle_types=[_vehicle(problem, k, kinds.index(profiles[k])) for k in range(len(problem.vehicles))],
        distance_matrices=costs,
        duration_matrices=durations,
        groups=groups,
        shipments=[*_shipments(problem, where)],
    )
    return _Translated(data, client_stop)


def _clients(problem: Problem, stop: Stop, location: int, group: int | None) -> Iterator[pyvrp.Client]:
    is_required = stop.skip_price is None and group is None
    for opens, closes in stop.windows or ((0, FOREVER),):
        yield pyvrp.Client(
            location,
            delivery=[amount(stop.demand, k) for k in range(dimensions(problem))],
            service_duration=stop.service_s,
            tw_early=opens,
            tw_late=closes,
            release_time=min(stop.release_s, closes),
            prize=0 if stop.skip_price is None else skip_price(stop),
            required=is_required,
            group=group,
        )


def _shipments(problem: Problem, where: list[int]) -> Iterator[pyvrp.Shipment]:
    for pair in problem.pairs:
        a, b = problem.stops[pair.pickup], problem.stops[pair.delivery]
        is_required = a.skip_price is None or b.skip_price is None
        spans = [
            (stop.windows[0][0], stop.windows[-1][1]) if stop.windows else (0, FOREVER) for stop in (a, b)
        ]
        # A pair that nobody can serve in time is no problem in PyVRP's words; mending leaves it out.
        spans[0] = (min(spans[0][0], spans[1][1]), spans[0][1])
        yield pyvrp.Shipment(
            where[pair.pickup], where[pair.delivery], *spans[0], a.service_s, *spans[1], b.service_s,
            amount=[amount(pair.amount, k) for k in range(dimensions(problem))],
            prize=0 if is_required else skip_price(a) + skip_price(b), required=is_required,
        )  # fmt: skip


def _depots(problem: Problem, at: dict[tuple[int, int], int], legs: Legs) -> Iterator[pyvrp.Depot]:
    """Yield three depots for each kind of vehicle: where its day begins, where it ends, where it loads again."""
    for vehicle in problem.vehicles:
        end = at[vehicle.end, legs.zone(vehicle.end_zone)]
        yield pyvrp.Depot(at[vehicle.start, legs.zone(vehicle.start_zone)])
        yield pyvrp.Depot(end)
        yield pyvrp.Depot(end, service_duration=vehicle.reload_s)


def _vehicle(problem: Problem, number: int, profile: int) -> pyvrp.VehicleType:
    vehicle = problem.vehicles[number]
    wide = range(dimensions(problem))
    return pyvrp.VehicleType(
        num_available=min(vehicle.count, len(problem.stops)) or 1,
        capacity=[amount(vehicle.capacity, k) for k in wide] if vehicle.capacity else [LARGEST for _ in wide],
        start_depot=3 * number,
        end_depot=3 * number + 1,
        fixed_cost=vehicle.cost_of_use,
        tw_early=vehicle.shift[0],
        tw_late=vehicle.shift[1],
        profile=profile,
        reload_depots=[3 * number + 2] if vehicle.trips > 1 else [],
        max_reloads=min(vehicle.trips - 1, len(problem.stops)),
    )


def _profiles(problem: Problem) -> list[tuple[object, ...]]:
    """Return, for each vehicle, what makes its travel differ from another's."""
    has_homes = any(stop.home is not None for stop in problem.stops)
    has_kinds = any(stop.kinds for stop in problem.stops)
    return [
        (v.cost_per_m, v.cost_per_s, v.kind if has_kinds else "", number if has_homes else 0)
        for number, v in enumerate(problem.vehicles)
    ]


def _travel(
    problem: Problem, points: list[tuple[int, int]], where: list[int], numbers: list[int]
) -> tuple[list[Any], list[Any]]:
    metres, driven, cleaning = tables(problem, points)
    costs = []
    for number in numbers:
        vehicle = problem.vehicles[number]
        cost = metres * vehicle.cost_per_m + driven * vehicle.cost_per_s
        cost[(metres >= UNREACHABLE) | (driven >= UNREACHABLE)] = UNREACHABLE
        costs.append(cost + _entering(problem, vehicle, number, where, len(points)))
    for cost in costs:
        np.fill_diagonal(cost, 0)
    lasting = np.minimum(driven + cleaning, UNREACHABLE)
    np.fill_diagonal(lasting, 0)
    return costs, [lasting for _ in costs]


def _entering(problem: Problem, vehicle: Vehicle, number: int, where: list[int], count: int) -> Ints:
    """Return what coming to each point costs this vehicle besides driving, shape (points,)."""
    extra = np.zeros(count, np.int64)
    for stop, point in zip(problem.stops, where, strict=True):
        if not may_serve(vehicle, stop):
            extra[point] = UNREACHABLE
        elif stop.home not in (None, number):
            extra[point] += stop.move_price
    return extra


def _days(
    problem: Problem, translated: _Translated, solution: pyvrp.Solution
) -> dict[tuple[int, int], list[list[int]]]:
    days: dict[tuple[int, int], list[list[int]]] = {}
    used = [0] * len(problem.vehicles)
    for route in solution.routes():
        number = route.vehicle_type()
        trips: list[list[int]] = [[]]
        for step in route:
            if step.is_depot():
                trips.append([])
            elif step.is_client():
                trips[-1].append(translated.client_stop[step.idx])
            else:
                pair = problem.pairs[step.idx]
                trips[-1].append(pair.pickup if step.is_pickup() else pair.delivery)
        days[number, used[number]] = [trip for trip in trips if trip]
        used[number] += 1
    return {key: trips for key, trips in days.items() if trips}


def _solution(problem: Problem, translated: _Translated, plan: Plan) -> pyvrp.Solution:
    """Return a plan that breaks no rule in PyVRP's words, to begin from."""
    rules = Rules(problem)
    first: dict[int, int] = {}
    for client, stop in enumerate(translated.client_stop):
        first.setdefault(stop, client)
    routes = []
    for (number, _), trips in days_of(plan).items():
        steps: list[pyvrp.Activity] = []
        for k, (stops, walked) in enumerate(zip(trips, rules.day(number, trips), strict=True)):
            if k:
                steps.append(pyvrp.Activity(DEPOT, 3 * number + 2))
            for stop, begin in zip(stops, walked.begin_s, strict=True):
                steps.append(_step(problem, rules, first, stop, begin))
        routes.append(pyvrp.Route(translated.data, steps, number))
    return pyvrp.Solution(translated.data, routes)


def _step(problem: Problem, rules: Rules, first: dict[int, int], stop: int, begin_s: int) -> pyvrp.Activity:
    if stop in rules.pairs:
        number = problem.pairs.index(rules.pairs[stop])
        return pyvrp.Activity(PICKUP if problem.pairs[number].pickup == stop else DELIVERY, number)
    windows = problem.stops[stop].windows
    chosen = next((k for k, (a, b) in enumerate(windows) if a <= begin_s <= b), 0)
    return pyvrp.Activity(CLIENT, first[stop] + chosen)
