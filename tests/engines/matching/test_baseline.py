from hypothesis import given, settings

from bihuan.engines.matching import Problem, baseline, bound, check, cost_of
from tests.engines.matching.made import plain, problems


@settings(max_examples=60, deadline=None)
@given(problems())
def test_the_baseline_keeps_every_rule_and_beats_no_bound(problem: Problem) -> None:
    plan = baseline(problem)
    assert check(problem, plan) == []
    assert cost_of(problem, plan) >= bound(problem)


def test_the_baseline_gives_everybody_a_little_first() -> None:
    problem = plain([4], [10, 10], [[1, 2]])
    assert baseline(problem).received(problem).tolist() == [2, 2]
