"""The plan: one exact flow; and where packs or lots make it none, mended and improved by a whole-number program."""

from dataclasses import replace

import numpy as np

from bihuan.engines.matching.check import cost_of
from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.pricing import cheapest
from bihuan.engines.matching.problem import Ints, Problem
from bihuan.engines.matching.tiers import Slices
from bihuan.engines.matching.whole import improved, mended

LEVELS = 200  # how finely the worst-off are told apart


def solve(problem: Problem, *, seconds: float = 10.0, seed: int = 0) -> Plan:
    """Return the best plan.

    Parameters
    ----------
    seconds, seed
        For the whole-number program, where packs or lots ask for one. A flow takes what it takes and is exact.

    Notes
    -----
    The least cost of transport, shortage in convex slices, and waste (see `Aims`). With
    ``aims.is_lexicographic`` the shares of the needs come first, see `fairest`.
    """
    if problem.is_flow:
        return Plan.along(problem, _flow(problem))
    relaxed = _flow(replace(problem, aims=replace(problem.aims, is_lexicographic=False)))
    start = mended(problem, relaxed)
    found = improved(problem, start, relaxed, seconds=seconds, seed=seed)
    plans = [Plan.along(problem, units) for units in (found, start)]
    return min(plans, key=lambda plan: cost_of(problem, plan))


def efficient(problem: Problem) -> Problem:
    """Return the same problem without fairness, beside which its price is measured."""
    return replace(problem, aims=replace(problem.aims, tiers=1, is_lexicographic=False))


def _flow(problem: Problem) -> Ints:
    cost_m = problem.links.cost_m
    if not problem.aims.is_lexicographic:
        return cheapest(problem, Slices.of(problem, problem.aims.tiers, problem.shortage_m), cost_m)
    missing = problem.needs.quantity - fairest(problem)
    return cheapest(problem, Slices.exactly(missing), cost_m)


def fairest(problem: Problem) -> Ints:
    """Return the units that each need receives where the worst-off has most, then the next, and so on.

    Notes
    -----
    What can be received together is a polymatroid, and over it any strictly convex price of shortage has the
    same minimum, which is lexicographically fair (Fujishige, 1980, "Lexicographically optimal base of a
    polymatroid with respect to a weight vector"). So transport costs nothing here, and one flow with fine
    slices finds it, exact up to a share of one in `LEVELS`.
    """
    free = np.zeros(len(problem.links), np.int64)
    plain = replace(problem, aims=replace(problem.aims, waste_m=0))
    units = cheapest(plain, Slices.of(problem, LEVELS, 1), free)
    return Plan.along(problem, units).received(problem)
