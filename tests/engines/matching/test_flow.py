import numpy as np
import pytest
from hypothesis import given, settings

from bihuan.engines.matching import Plan, Problem, cost_of
from bihuan.engines.matching.flow import Arcs, Unsolved, cheapest_flow
from bihuan.engines.matching.tiers import Slices
from tests.engines.matching.made import least_cost_by_networkx, plain, problems


def flow(problem: Problem, slices: Slices) -> np.ndarray:
    arcs = Arcs.of(problem, slices, problem.links.cost_m, np.arange(len(problem.links)))
    return cheapest_flow(problem, slices, arcs)[: arcs.links]


@settings(max_examples=80, deadline=None)
@given(problems(is_flow=True))
def test_the_flow_costs_what_networkx_finds(problem: Problem) -> None:
    units = flow(problem, Slices.of(problem, problem.aims.tiers, problem.shortage_m))
    assert cost_of(problem, Plan.along(problem, units)) == least_cost_by_networkx(problem)


def test_where_nothing_may_be_missing_and_something_is_there_is_no_flow() -> None:
    problem = plain([1], [5], [[7]])
    with pytest.raises(Unsolved, match="no flow"):
        flow(problem, Slices.exactly(np.array([0])))
