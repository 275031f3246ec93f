"""The solvers of the bench for routes: each gets a problem and a budget and yields plans, the last its answer."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from bihuan.engines.routing import Budget, Coordinates, Plan, Problem, solve
from bihuan.engines.routing.legs import flat, straight
from bihuan.engines.routing.timing import timed

TABLE_BYTES = {"pyvrp": 31.2, "ortools": 16.0, "vroom": 30.0}
"""Memory for each pair of places, from 6,000 stops: PyVRP holds nearly four tables of int64.

VROOM's figure was taken when it was handed wider tables, and is rather too high.
"""
MORE_VEHICLES, MORE_AT_LEAST = 1.3, 5


@dataclass(slots=True)
class Ask:
    """What a solver is given. ``tell`` may be called with the cost of each better plan."""

    problem: Problem
    seconds: float
    seed: int
    threads: int
    clock: Callable[[], float]
    tell: Callable[[int], None]


def ours(ask: Ask) -> Iterator[Plan]:
    """Ours, as anybody calls it."""
    budget = Budget(seconds=ask.seconds, clock=ask.clock)
    yield solve(ask.problem, budget, ask.seed, ask.threads, lambda share, cost: ask.tell(cost))


def pyvrp(ask: Ask) -> Iterator[Plan]:
    """PyVRP alone, as the engine calls it for small problems."""
    from bihuan.engines.routing.stopping import Stop, Watch
    from bihuan.engines.routing.withpyvrp import solve_small

    watch = Watch(Stop(seconds=ask.seconds, clock=ask.clock))
    yield solve_small(ask.problem, watch, ask.seed, None, lambda share, cost: ask.tell(cost))


def ortools(ask: Ask) -> Iterator[Plan]:
    """OR-Tools' routing: cheapest arcs first, then guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    problem, vehicle, began = ask.problem, ask.problem.vehicles[0], time.monotonic()
    count = fleet(problem)
    manager = pywrapcp.RoutingIndexManager(len(problem.stops) + 1, count, 0)
    model = pywrapcp.RoutingModel(manager)
    model.SetArcCostEvaluatorOfAllVehicles(_transit(problem, model, manager, [0] * (len(problem.stops) + 1)))
    load = [0, *(stop.demand[0] for stop in problem.stops)]
    model.AddDimension(model.RegisterUnaryTransitVector(load), 0, vehicle.capacity[0], True, "load")
    _windows(problem, model, manager)
    model.AddAtSolutionCallback(lambda: ask.tell(model.CostVar().Max()))
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    left_s = max(0.001, ask.seconds - (time.monotonic() - began))
    settings.time_limit.FromMilliseconds(int(left_s * 1000))
    if found := model.SolveWithParameters(settings):
        trips = {(0, k): [trip] for k in range(count) if (trip := _trip(model, manager, found, k))}
        yield timed(problem, trips)


def _transit(problem: Problem, model: Any, manager: Any, service_s: list[int]) -> int:
    """Register travel, plus the work at where it begins: as a table in C++ where there is memory for one."""
    if needs_gb("ortools", len(problem.stops)) > free_gb():
        assert isinstance(problem.travel, Coordinates)
        travel, at = problem.travel, _places(problem)

        def leg(a: int, b: int) -> int:
            here, there = manager.IndexToNode(a), manager.IndexToNode(b)
            return straight(travel, at[here], at[there]) + service_s[here]

        return int(model.RegisterTransitCallback(leg))
    # A table goes in as lists of Python's numbers; sharing those, a pair takes 8 bytes on the way and not 40.
    most = max(int(row.max()) for row in legs_from(problem)) + max(service_s)
    shared = np.arange(most + 1).astype(object)
    table = [shared[row + work].tolist() for row, work in zip(legs_from(problem), service_s, strict=True)]
    return int(model.RegisterTransitMatrix(table))


def _windows(problem: Problem, model: Any, manager: Any) -> None:
    if not any(stop.windows for stop in problem.stops):
        return
    until = problem.vehicles[0].shift[1]
    transit = _transit(problem, model, manager, [0, *(stop.service_s for stop in problem.stops)])
    model.AddDimension(transit, until, until, False, "time")
    clock = model.GetDimensionOrDie("time")
    for k, stop in enumerate(problem.stops, 1):
        for opens, closes in stop.windows:
            clock.CumulVar(manager.NodeToIndex(k)).SetRange(opens, closes)


def _trip(model: Any, manager: Any, found: Any, vehicle: int) -> list[int]:
    trip, index = [], found.Value(model.NextVar(model.Start(vehicle)))
    while not model.IsEnd(index):
        trip.append(manager.IndexToNode(index) - 1)
        index = found.Value(model.NextVar(index))
    return trip


def vroom(ask: Ask) -> Iterator[Plan]:
    """VROOM: its quickest level of exploration, then its deepest where that left more than half of the budget."""
    import vroom  # type: ignore[import-not-found]  # not among the project's packages

    problem, vehicle, began = ask.problem, ask.problem.vehicles[0], time.monotonic()
    asked = vroom.Input()
    size = len(problem.stops) + 1
    table = np.empty((size, size), np.uint32)
    for k, row in enumerate(legs_from(problem)):
        table[k] = row
    asked.set_durations_matrix("car", table)
    span = {"time_window": vroom.TimeWindow(*vehicle.shift)} if _has_windows(problem) else {}
    for k in range(fleet(problem)):
        asked.add_vehicle(vroom.Vehicle(k, start=0, end=0, capacity=[vehicle.capacity[0]], **span))
    for k, stop in enumerate(problem.stops, 1):
        windows = [vroom.TimeWindow(*window) for window in stop.windows]
        asked.add_job(
            vroom.Job(k, k, default_service=stop.service_s, delivery=[stop.demand[0]], time_windows=windows)
        )
    best: Plan | None = None
    for level in (0, 5):
        left_s = ask.seconds - (time.monotonic() - began)
        if best and left_s < ask.seconds / 2:
            return
        limit = timedelta(seconds=max(0.001, left_s))
        found = asked.solve(exploration_level=level, nb_threads=ask.threads, timeout=limit)
        best = min(filter(None, [best, timed(problem, _days(found.routes))]), key=lambda plan: plan.cost)
        yield best


def _days(steps: Any) -> dict[tuple[int, int], list[list[int]]]:
    days: dict[tuple[int, int], list[list[int]]] = {}
    jobs = steps[steps["type"] == "job"]
    for vehicle, job in zip(jobs["vehicle_id"].tolist(), jobs["id"].tolist(), strict=True):
        days.setdefault((0, int(vehicle)), [[]])[0].append(int(job) - 1)
    return days


def fleet(problem: Problem) -> int:
    """Return how many vehicles are laid out one by one for a peer.

    A file without a fleet allows one to each stop, which no peer could hold; a third more than loads fill is enough.
    """
    vehicle = problem.vehicles[0]
    if _has_windows(problem):
        return min(vehicle.count, len(problem.stops))
    filled = math.ceil(sum(stop.demand[0] for stop in problem.stops) / vehicle.capacity[0])
    return min(vehicle.count, int(filled * MORE_VEHICLES) + MORE_AT_LEAST)


def legs_from(problem: Problem) -> Iterator[np.ndarray[Any, Any]]:
    """Yield the metres from the depot and from each stop to all of them, a row at a time; a second drives a metre."""
    travel, at = flat(problem.travel), np.array(_places(problem))
    if not isinstance(travel, Coordinates):
        yield from (travel.metres[place, at] for place in at)
        return
    x, y = np.array(travel.x, float)[at] * travel.times, np.array(travel.y, float)[at] * travel.times
    half = 0.0 if travel.is_cut else 0.5
    for east, north in zip(x, y, strict=True):
        yield (np.sqrt((x - east) ** 2 + (y - north) ** 2) + half).astype(np.int64)


def _places(problem: Problem) -> list[int]:
    return [problem.vehicles[0].start, *(stop.place for stop in problem.stops)]


def _has_windows(problem: Problem) -> bool:
    return any(stop.windows for stop in problem.stops)


SOLVERS: dict[str, Callable[[Ask], Iterator[Plan]]] = {
    "ours": ours,
    "pyvrp": pyvrp,
    "ortools": ortools,
    "vroom": vroom,
}
SEEDLESS = {"ortools", "vroom"}
"""They draw no lots: one seed tells as much as many."""


def why_not(solver: str, problem: Problem) -> str:
    """Return why a solver can't be asked, in a few words, or nothing."""
    if solver == "ours":
        return ""
    if not find_spec(solver):
        return "not installed"
    if solver != "pyvrp" and (problem.vehicles[0].trips > 1 or any(stop.release_s for stop in problem.stops)):
        return "cannot express several trips or release times"
    # OR-Tools can ask for each leg instead.
    needed = needs_gb(solver, len(problem.stops))
    return f"needs about {needed:.0f} GB" if solver != "ortools" and needed > free_gb() else ""


def needs_gb(solver: str, stops: int) -> float:
    """Return about how much memory a solver's tables take."""
    return TABLE_BYTES[solver] * (stops + 1) ** 2 / 1e9


def free_gb() -> float:
    """Return how much memory the machine can still give."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return math.inf
    return next(int(line.split()[1]) / 1e6 for line in lines if line.startswith("MemAvailable:"))
