import pytest
from hypothesis import given

from bihuan.engines.routing import Plan, Problem, Vehicle, baseline
from bihuan.engines.routing.explain import explain
from bihuan.engines.routing.timing import Rules, days_of, timed
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import LINE, line, stop


def test_a_stop_says_who_comes_and_who_could_next_best():
    problem = line()
    reason = explain(problem, timed(problem, {(0, 0): [[0, 1]], (0, 1): [[2, 3]]}), 0)
    assert (reason.vehicle, reason.unit, reason.arrive_s, reason.cost) == ("van", 0, 100, 0)
    assert (reason.next_vehicle, reason.next_cost) == ("van", 0)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (stop(1, kinds=("boat",)), "of a kind that may come"),
        (stop(1, demand=(9,)), "room for its load"),
        (stop(4, windows=((0, 9),)), "time windows"),
        (stop(4, service_s=500), "before its shift ends"),
        (stop(4, skip_price=5), "serving it would add 800, leaving it out costs 5"),
        (stop(1), "could still be served for 200"),
    ],
)
def test_the_rule_that_prevents_a_stop_is_named(made, said):
    problem = Problem(
        stops=(made,), vehicles=(Vehicle(name="van", capacity=(4,), shift=(0, 900)),), travel=LINE
    )
    assert said in explain(problem, Plan(), 0).why


@tries(60)
@given(problems())
def test_nobody_is_late_within_the_slack_and_somebody_is_beyond(problem):
    plan = baseline(problem)
    rules, days = Rules(problem), days_of(plan)
    for (number, _), trips in days.items():
        first = trips[0][0]
        slack = explain(problem, plan, first).slack_s
        assert slack >= 0
        assert not rules.why_not(number, trips)


def test_slack_is_what_the_tightest_later_stop_leaves():
    problem = line(stop(1), stop(2, windows=((0, 250),)), vehicle=Vehicle(name="van", capacity=(4,)))
    assert explain(problem, timed(problem, {(0, 0): [[0, 1]]}), 0).slack_s == 50
