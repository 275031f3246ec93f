import numpy as np
from hypothesis import given, settings

from bihuan.engines.matching import Plan, Problem, check, cost_of, solve, whole
from bihuan.engines.matching.pricing import cheapest
from bihuan.engines.matching.tiers import Slices
from tests.engines.matching.made import least_cost_by_scipy, plain, problems, scattered


@settings(max_examples=40, deadline=None)
@given(problems())
def test_small_problems_with_packs_and_lots_are_solved_exactly(problem: Problem) -> None:
    plan = solve(problem)
    assert check(problem, plan) == []
    assert cost_of(problem, plan) == least_cost_by_scipy(problem)


@settings(max_examples=40, deadline=None)
@given(problems())
def test_a_flow_is_mended_to_keep_every_rule(problem: Problem) -> None:
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    units = whole.mended(problem, cheapest(problem, slices, problem.links.cost_m))
    assert check(problem, Plan.along(problem, units)) == []


def test_an_item_that_can_not_be_divided_goes_to_one() -> None:
    problem = plain([4], [4, 4], [[1, 2]], pack=4)
    plan = solve(problem)
    assert (plan.need.tolist(), plan.quantity.tolist()) == ([0], [4])


def test_where_links_are_many_the_promising_ones_are_tried(monkeypatch) -> None:
    base = scattered(30, 30, 20)
    base.offers.pack[:] = 5
    start = whole.mended(base, np.zeros(len(base.links), np.int64))
    monkeypatch.setattr(whole, "MOST_LINKS", 120)
    better = whole.improved(base, start, start, seconds=1, seed=0)
    plans = [Plan.along(base, units) for units in (start, better)]
    assert check(base, plans[1]) == []
    assert cost_of(base, solve(base, seconds=1)) <= min(cost_of(base, plan) for plan in plans)
