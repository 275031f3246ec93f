"""Makes a plan: the best way for the problem at hand, within a budget, the best plan seen returned."""

from .baseline import baseline
from .inserting import sound
from .plan import Plan
from .problem import Problem
from .stopping import Progress, Stop, Watch, no_progress
from .validate import problems
from .withpyvrp import solve_small

SMALL = 200
"""Up to so many stops PyVRP was the better one in what was measured; see docs/engines/routing.md."""

KINDS = 60
"""The search by strings has a bit for each kind of vehicle in a number of 64."""


class Impossible(ValueError):
    """A problem can't be planned as it stands; the message says what is wrong with it."""


def solve(
    problem: Problem,
    stop: Stop,
    seed: int = 0,
    threads: int = 1,
    progress: Progress = no_progress,
    start: Plan | None = None,
) -> Plan:
    """Return a plan.

    Raises
    ------
    Impossible
        When :func:`~bihuan.engines.routing.validate.problems` finds something wrong.
    """
    if wrong := problems(problem):
        raise Impossible("; ".join(wrong))
    watch = Watch(stop)
    if not problem.stops:
        return Plan()
    # A plan told earlier may break a rule by now: a vehicle is late, a zone was sealed.
    start = start and sound(problem, start)
    first = start or baseline(problem)
    progress(0.0, first.cost)
    if is_large(problem):
        # Compiled code is read from its cache when it is first asked for, which problems for PyVRP need not wait for.
        from .sisr.search import run

        found = run(problem, watch, seed, threads, start, progress)
    else:
        found = solve_small(problem, watch, seed, start, progress)
    return min((sound(problem, plan) for plan in (found, first)), key=lambda plan: _rank(problem, plan))


def is_large(problem: Problem) -> bool:
    """Say whether the search by strings is the better way: many stops, or several trips, and nothing it can't carry."""
    if problem.pairs or len({vehicle.kind for vehicle in problem.vehicles}) > KINDS:
        return False
    has_trips = any(vehicle.trips > 1 and vehicle.start == vehicle.end for vehicle in problem.vehicles)
    return has_trips or len(problem.stops) > SMALL


def _rank(problem: Problem, plan: Plan) -> tuple[int, int]:
    """Return what a plan is judged by: who must be served and isn't, then its cost."""
    left_out = (problem.stops[k] for k in plan.skipped(problem))
    return sum(1 << stop.priority for stop in left_out if stop.skip_price is None), plan.cost
