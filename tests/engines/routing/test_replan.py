import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Budget, Impossible, Pair, Vehicle, baseline, check
from bihuan.engines.routing.replan import News, replan
from bihuan.engines.routing.timing import timed
from tests.engines.routing.problems_at_random import FEATURES, problems, tries
from tests.engines.routing.small import line, stop

BUDGET = Budget(iterations=50)
CARRIED = tuple(feature for feature in FEATURES if feature not in ("pairs", "trips"))
PLAN = timed(line(), {(0, 0): [[0, 1]], (0, 1): [[2, 3]]})


@tries(50)
@given(problems(features=CARRIED), st.integers(0, 4_000))
def test_the_past_stays_and_no_rule_is_broken(problem, now):
    plan = baseline(problem)
    again = replan(problem, plan, News(now), BUDGET)
    names = {again.problem.stops[k].name for k in again.plan.served()}
    assert not names & {problem.stops[k].name for k in again.past}
    assert check(again.problem, again.plan) == []
    assert all(
        trip.depart_s >= min(now, problem.vehicles[0].shift[1]) or now > 500 for trip in again.plan.trips
    )


def test_without_news_nobody_changes_vehicle():
    assert replan(line(), PLAN, News(150, move_price=1_000), BUDGET).changes == []


def test_what_is_under_way_goes_on_from_where_it_is():
    again = replan(line(), PLAN, News(150), BUDGET)
    assert again.past == (0,)
    first = again.problem.vehicles[0]
    assert (first.start, first.shift[0], first.capacity, first.cost_of_use) == (1, 150, (1,), 0)


def test_new_and_cancelled_stops_are_told():
    added = stop(4, name="new", skip_price=10_000, demand=(0,))
    again = replan(line(), PLAN, News(0, cancelled=frozenset({3}), added=(added,)), BUDGET)
    assert {(change.stop, change.what) for change in again.changes} >= {("s4", "cancelled"), ("new", "new")}


def test_who_loses_its_vehicle_is_moved_and_why_is_said():
    problem = line(vehicle=Vehicle(name="van", capacity=(4,), count=3))
    again = replan(problem, PLAN, News(0, broken=frozenset({(0, 0)})), BUDGET)
    assert check(again.problem, again.plan) == []
    assert {change.what for change in again.changes} <= {"taken in", "moved"}
    assert len(again.plan.served()) == 4


def test_a_move_that_is_dear_is_not_made():
    bad = timed(line(), {(0, 0): [[0, 3]], (0, 1): [[1, 2]]})
    moved = [replan(line(), bad, News(-1, move_price=price), BUDGET).changes for price in (0, 5_000)]
    assert len(moved[1]) == 0 <= len(moved[0])


def test_pairs_are_refused_in_words():
    problem = line(stop(1, demand=()), stop(2, demand=()), pairs=(Pair(pickup=0, delivery=1),))
    with pytest.raises(Impossible, match="on board"):
        replan(problem, baseline(problem), News(0), BUDGET)
