"""The peers of the bench for routes: each gets a problem, a budget and a clock, and returns a plan or nothing."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np

from bihuan.engines.routing import Plan, Problem
from bihuan.engines.routing.legs import tables
from bihuan.engines.routing.timing import timed

Clock = Callable[[], float]
Tell = Callable[[int], None]
MOST_FOR_TABLES = 16_000
"""Past so many stops PyVRP's tables alone outgrow a machine of 24 GB, and OR-Tools has no plan in the budget."""


def pyvrp(problem: Problem, seconds: float, seed: int, clock: Clock, tell: Tell) -> Plan | None:
    """PyVRP alone, as the engine calls it for small problems."""
    from bihuan.engines.routing.stopping import Stop, Watch
    from bihuan.engines.routing.withpyvrp import solve_small

    if len(problem.stops) > MOST_FOR_TABLES:
        return None
    return solve_small(
        problem, Watch(Stop(seconds=seconds, clock=clock)), seed, None, lambda share, cost: tell(cost)
    )


def ortools(problem: Problem, seconds: float, seed: int, clock: Clock, tell: Tell) -> Plan | None:
    """OR-Tools' routing: cheapest arcs first, then guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    vehicle = problem.vehicles[0]
    if len(problem.stops) > MOST_FOR_TABLES or vehicle.trips > 1:
        return None
    metres, _, _ = tables(problem, [(vehicle.start, -1), *((stop.place, -1) for stop in problem.stops)])
    count = min(vehicle.count, len(problem.stops))
    manager = pywrapcp.RoutingIndexManager(len(metres), count, 0)
    model = pywrapcp.RoutingModel(manager)
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitMatrix(metres.tolist()))
    load = [0, *(stop.demand[0] for stop in problem.stops)]
    model.AddDimension(model.RegisterUnaryTransitVector(load), 0, vehicle.capacity[0], True, "load")
    _time(problem, model, manager, metres)
    settings = pywrapcp.DefaultRoutingSearchParameters()
    settings.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    settings.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    settings.time_limit.FromMilliseconds(int(seconds * 1000))
    found: Any = model.SolveWithParameters(settings)
    if not found:
        return None
    tell(found.ObjectiveValue())
    return timed(problem, {(0, k): [trip] for k in range(count) if (trip := _trip(model, manager, found, k))})


def _time(problem: Problem, model: Any, manager: Any, metres: np.ndarray) -> None:
    if not any(stop.windows for stop in problem.stops):
        return
    service = np.array([0, *(stop.service_s for stop in problem.stops)])
    until = problem.vehicles[0].shift[1]
    model.AddDimension(
        model.RegisterTransitMatrix((metres + service[:, None]).tolist()), until, until, False, "time"
    )
    time = model.GetDimensionOrDie("time")
    for k, stop in enumerate(problem.stops, 1):
        for opens, closes in stop.windows:
            time.CumulVar(manager.NodeToIndex(k)).SetRange(opens, closes)


def _trip(model: Any, manager: Any, found: Any, vehicle: int) -> list[int]:
    trip, index = [], found.Value(model.NextVar(model.Start(vehicle)))
    while not model.IsEnd(index):
        trip.append(manager.IndexToNode(index) - 1)
        index = found.Value(model.NextVar(index))
    return trip


def vroom(problem: Problem, seconds: float, seed: int, clock: Clock, tell: Tell) -> Plan | None:
    """VROOM, where somebody has installed pyvroom; it takes no windows here."""
    import vroom  # type: ignore[import-not-found]  # not among the project's packages

    vehicle = problem.vehicles[0]
    if (
        len(problem.stops) > MOST_FOR_TABLES
        or vehicle.trips > 1
        or any(stop.windows for stop in problem.stops)
    ):
        return None
    metres, _, _ = tables(problem, [(vehicle.start, -1), *((stop.place, -1) for stop in problem.stops)])
    asked = vroom.Input()
    asked.set_durations_matrix("car", metres.astype(np.uint32))
    for k in range(min(vehicle.count, len(problem.stops))):
        asked.add_vehicle(vroom.Vehicle(k, start=0, end=0, capacity=[vehicle.capacity[0]]))
    for k, stop in enumerate(problem.stops, 1):
        asked.add_job(vroom.Job(k, location=k, delivery=[stop.demand[0]]))
    steps = asked.solve(exploration_level=5, nb_threads=1).routes
    days: dict[tuple[int, int], list[list[int]]] = {}
    for _, step in steps[steps["type"] == "job"].iterrows():
        days.setdefault((0, int(step["vehicle_id"])), [[]])[0].append(int(step["id"]) - 1)
    return timed(problem, days)


PEERS: dict[str, Callable[[Problem, float, int, Clock, Tell], Plan | None]] = {
    "pyvrp": pyvrp,
    "ortools": ortools,
    "vroom": vroom,
}


def present() -> list[str]:
    """Return the peers that are installed."""
    return [name for name in PEERS if find_spec(name)]
