from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings

from bihuan.engines.matching import Plan, Problem, Report, bound, check, cost_of, efficient, solve
from bihuan.engines.matching.solve import fairest
from tests.engines.matching.made import fair, plain, problems, scattered


@settings(max_examples=50, deadline=None)
@given(problems())
def test_a_plan_keeps_every_rule_and_beats_no_bound(problem: Problem) -> None:
    plan = solve(problem)
    assert check(problem, plan) == []
    assert cost_of(problem, plan) >= bound(problem)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_the_same_seed_makes_the_same_plan(problem: Problem) -> None:
    one, other = solve(problem, seed=3), solve(problem, seed=3)
    assert [one.offer.tolist(), one.need.tolist(), one.quantity.tolist()] == [
        other.offer.tolist(),
        other.need.tolist(),
        other.quantity.tolist(),
    ]


def test_with_scarce_supply_nobody_is_left_with_nothing() -> None:
    problem = scattered(300, 300, 60)
    report = Report.on(problem, solve(problem))
    plain_report = Report.on(problem, solve(efficient(problem)))
    assert report.with_nothing == 0 < plain_report.with_nothing
    assert report.gini <= 0.08
    assert report.served == pytest.approx(plain_report.served)


def test_a_need_of_one_unit_is_not_forgotten_beside_large_ones() -> None:
    problem = plain([45], [1, 100, 100], [[900, 1, 1]])
    assert solve(problem).received(problem).min() >= 1


def test_an_earmark_is_kept_though_others_lack_more() -> None:
    problem = plain([10], [4, 100], [[900, 1]], earmark=0)
    problem = replace(problem, links=problem.links[problem.links.need == 0])
    assert solve(problem).received(problem).tolist() == [4, 0]


def test_what_expires_soon_goes_first() -> None:
    problem = plain([5, 5], [5], [[100], [200]], keeps_s=[10**9, 3600])
    assert solve(problem).given(problem).tolist() == [0, 5]


def test_a_higher_priority_is_served_first() -> None:
    problem = plain([5], [5, 5], [[10, 10]])
    problem.needs.priority[:] = [1, 9]
    assert solve(problem).received(problem).tolist() == [0, 5]


@settings(max_examples=30, deadline=None)
@given(problems(is_flow=True))
def test_on_request_the_worst_off_has_as_much_as_any_plan_could_give(problem: Problem) -> None:
    problem.needs.priority[:] = 1
    problem.needs.quantity[:] = np.minimum(problem.needs.quantity, 3)
    plan = solve(fair(problem))
    assert check(problem, plan) == []
    assert fairest(problem).tolist() == plan.received(problem).tolist()
    least = plan.coverage(problem).min()
    assert not any(_can_all_have(problem, wish) for wish in _wishes(problem) if _least(problem, wish) > least)


def _wishes(problem: Problem) -> product:
    return product(*(range(q + 1) for q in problem.needs.quantity.tolist()))


def _least(problem: Problem, wish: tuple[int, ...]) -> float:
    lacking = problem.needs.quantity
    return float(np.where(lacking > 0, np.array(wish) / np.maximum(1, lacking), 1.0).min())


def _can_all_have(problem: Problem, wish: tuple[int, ...]) -> bool:
    smaller = replace(problem, needs=replace(problem.needs, quantity=np.array(wish)))
    return Report.on(smaller, solve(efficient(smaller))).served in (1.0, 0.0) and bool(
        (solve(efficient(smaller)).received(smaller) == np.array(wish)).all()
    )


def test_lexicographic_fairness_goes_on_after_the_worst_off() -> None:
    # The first can get at most 1 of 10; what is left is shared by the others as evenly as can be.
    problem = plain([1, 8], [10, 10, 10], [[5, 5, 5], [5, 1, 90]])
    keep = (problem.links.offer == 0) == (problem.links.need == 0)
    problem = fair(replace(problem, links=problem.links[keep]))
    assert solve(problem).received(problem).tolist() == [1, 4, 4]


def test_no_offers_make_an_empty_plan() -> None:
    problem = plain([0], [3], [[1]])
    assert isinstance(solve(problem), Plan) and len(solve(problem)) == 0
