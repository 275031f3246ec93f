import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from bihuan.engines.matching import Plan, Problem, cost_of, pricing
from bihuan.engines.matching.tiers import Slices
from tests.engines.matching.made import least_cost_by_networkx, problems, scattered


def cheapest(problem: Problem) -> int:
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    units = pricing.cheapest(problem, slices, problem.links.cost_m)
    return cost_of(problem, Plan.along(problem, units))


@pytest.fixture(params=[0, 10**6], ids=["solved anew", "mended"])
def on_few_links(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pricing, "FEW", 0)
    monkeypatch.setattr(pricing, "NEAREST", 1)
    monkeypatch.setattr(pricing, "TAIL", request.param)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(problem=problems(is_flow=True))
def test_what_is_solved_on_few_links_is_exact_over_all(on_few_links: None, problem: Problem) -> None:
    assert cheapest(problem) == least_cost_by_networkx(problem)


def test_a_larger_problem_on_few_links_costs_the_same(
    on_few_links: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = scattered(60, 60, 30)
    few = cheapest(problem)
    monkeypatch.setattr(pricing, "FEW", 10**6)
    assert few == cheapest(problem)


def test_the_cheapest_of_each_group_are_marked() -> None:
    keep = np.zeros(6, bool)
    pricing.cheapest_of(np.array([0, 0, 0, 2, 2, 0]), np.array([5, 1, 9, 7, 8, 5]), 3, 2, keep)
    assert keep.tolist() == [True, True, False, True, True, True]
