import numpy as np

from bihuan.engines.matching import Plan
from tests.engines.matching.made import plain


def test_a_plan_holds_the_links_that_carry_something() -> None:
    problem = plain([5, 5], [4, 0], [[1, 2], [3, 4]])
    plan = Plan.along(problem, np.array([0, 0, 3, 0]))
    assert (plan.offer.tolist(), plan.need.tolist(), plan.quantity.tolist()) == ([1], [0], [3])
    assert len(plan) == 1


def test_a_plan_says_who_gives_and_who_gets() -> None:
    problem = plain([5, 5], [4, 0], [[1, 2], [3, 4]])
    plan = Plan.along(problem, np.array([1, 0, 2, 0]))
    assert plan.given(problem).tolist() == [1, 2]
    assert plan.received(problem).tolist() == [3, 0]
    assert plan.coverage(problem).tolist() == [0.75, 1.0]
