"""What a plan comes to, in the figures by which it is judged."""

from dataclasses import dataclass

import numpy as np

from bihuan.engines.matching.check import cost_of, transport_m
from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.problem import Floats, Problem


@dataclass(frozen=True)
class Report:
    """Figures of a plan.

    Parameters
    ----------
    served
        Share of all lacking units that is brought.
    with_nothing
        How many needs get nothing at all.
    least
        The lowest coverage of any need.
    gini
        Inequality of coverage, 0 where all have the same share (Gini, 1912).
    transport_m
        Metres of all units together.
    wasted, left
        Units left over that expire soon (see `Aims`), and all that are left over.
    matches
        How many matches it takes.
    cost_m
        The whole cost, by which plans for one problem compare.
    """

    served: float
    with_nothing: int
    least: float
    gini: float
    transport_m: int
    wasted: int
    left: int
    matches: int
    cost_m: int

    @classmethod
    def on(cls, problem: Problem, plan: Plan) -> "Report":
        """Count a plan's figures."""
        lacking = problem.needs.quantity > 0
        received, coverage = plan.received(problem), plan.coverage(problem)[lacking]
        left = problem.offers.quantity - plan.given(problem)
        soon = problem.offers.keeps_s <= problem.aims.soon_s
        return cls(
            served=float(received.sum() / max(1, problem.needs.quantity.sum())),
            with_nothing=int((coverage == 0).sum()),
            least=float(coverage.min(initial=1.0)),
            gini=gini(coverage),
            transport_m=transport_m(problem, plan),
            wasted=int(left[soon].sum()),
            left=int(left.sum()),
            matches=len(plan),
            cost_m=cost_of(problem, plan),
        )

    def price_over(self, efficient: "Report") -> float:
        """Return the price of fairness: by which share transport is dearer than in the efficient plan."""
        return self.transport_m / efficient.transport_m - 1 if efficient.transport_m else 0.0


def gini(shares: Floats) -> float:
    """Return the Gini coefficient: half the mean difference of two shares, by their mean. O(n log n)."""
    total, count = float(shares.sum()), len(shares)
    if total <= 0:
        return 0.0
    rank = np.arange(1, count + 1)
    return float((2 * rank - count - 1) @ np.sort(shares) / (count * total))
