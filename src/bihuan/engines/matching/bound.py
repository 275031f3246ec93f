"""What no plan can beat."""

from bihuan.engines.matching.check import cost_of
from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.pricing import cheapest
from bihuan.engines.matching.problem import Problem
from bihuan.engines.matching.tiers import Slices


def bound(problem: Problem) -> int:
    """Return a cost below which no plan exists: that of the flow when packs may be opened and lots be small."""
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    units = cheapest(problem, slices, problem.links.cost_m)
    return cost_of(problem, Plan.along(problem, units))
