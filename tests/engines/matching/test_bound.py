from hypothesis import given, settings

from bihuan.engines.matching import Problem, bound
from tests.engines.matching.made import least_cost_by_networkx, least_cost_by_scipy, plain, problems


@settings(max_examples=60, deadline=None)
@given(problems(is_flow=True))
def test_the_bound_of_a_flow_is_reached(problem: Problem) -> None:
    assert bound(problem) == least_cost_by_networkx(problem)


@settings(max_examples=25, deadline=None)
@given(problems())
def test_no_plan_in_whole_packs_and_lots_is_below_the_bound(problem: Problem) -> None:
    assert bound(problem) <= least_cost_by_scipy(problem)


def test_the_bound_opens_packs() -> None:
    closed = plain([4], [3], [[1]], pack=2)
    assert bound(closed) == 3
