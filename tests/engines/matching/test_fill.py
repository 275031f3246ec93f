import numpy as np
from hypothesis import given, settings

from bihuan.engines.matching import Plan, Problem, check
from bihuan.engines.matching.fill import fill
from tests.engines.matching.made import plain, problems


def filled(problem: Problem, goal: list[int]) -> list[int]:
    units = np.zeros(len(problem.links), np.int64)
    fill(problem, units, np.array(goal))
    return units.tolist()


def test_a_need_takes_its_cheapest_offer_first() -> None:
    assert filled(plain([5, 5], [7], [[20], [10]]), [7]) == [2, 5]


def test_a_whole_pack_may_go_beyond_the_goal_but_not_beyond_the_need() -> None:
    assert filled(plain([9], [7], [[1]], pack=3), [4]) == [6]
    assert filled(plain([9], [5], [[1]], pack=3), [4]) == [3]


def test_less_than_a_lot_is_not_brought() -> None:
    assert filled(plain([9], [3], [[1]], lot=4), [3]) == [0]
    assert filled(plain([9], [6], [[1]], lot=4), [1]) == [4]


@settings(max_examples=60, deadline=None)
@given(problems())
def test_filling_up_what_is_there_keeps_every_rule(problem: Problem) -> None:
    units = np.zeros(len(problem.links), np.int64)
    fill(problem, units, problem.needs.quantity // 2)
    before = units.copy()
    fill(problem, units, problem.needs.quantity)
    assert (units >= before).all()
    assert check(problem, Plan.along(problem, units)) == []
