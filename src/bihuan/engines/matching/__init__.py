"""Who gives what to whom: offers to needs, fairly, by one exact flow. See docs/engines/matching.md.

links = link(offers, needs)
problem = Problem(offers, needs, links)
plan = solve(problem)
assert check(problem, plan) == []
Report.on(problem, plan).price_over(Report.on(problem, solve(efficient(problem))))
"""

from bihuan.engines.matching.baseline import baseline
from bihuan.engines.matching.bound import bound
from bihuan.engines.matching.check import Violation, check, cost_of
from bihuan.engines.matching.links import link
from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.problem import NOBODY, Aims, BadProblem, Links, Needs, Offers, Problem
from bihuan.engines.matching.report import Report, gini
from bihuan.engines.matching.solve import efficient, solve

__all__ = [
    "NOBODY",
    "Aims",
    "BadProblem",
    "Links",
    "Needs",
    "Offers",
    "Plan",
    "Problem",
    "Report",
    "Violation",
    "baseline",
    "bound",
    "check",
    "cost_of",
    "efficient",
    "gini",
    "link",
    "solve",
]
