"""Makes a plan: the best way for the problem at hand, within a budget, the best plan seen returned."""

from .baseline import baseline
from .inserting import sound
from .plan import Plan
from .problem import Problem
from .stopping import Progress, Stop, Watch, no_progress
from .validate import problems
from .withpyvrp import solve_small


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
    first = start or baseline(problem)
    progress(0.0, first.cost)
    found = solve_small(problem, watch, seed, None, progress)
    return min(found, sound(problem, first), key=lambda plan: plan.cost)
