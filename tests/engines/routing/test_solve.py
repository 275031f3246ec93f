import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import (
    Budget,
    Coordinates,
    Impossible,
    Plan,
    Problem,
    Trip,
    Vehicle,
    baseline,
    bound,
    check,
    solve,
)
from bihuan.engines.routing.solve import is_large
from tests.engines.routing.problems_at_random import FEATURES, problems, tries
from tests.engines.routing.small import line, stop

quick = tries(40)
# Several trips go to the compiled search, which takes long to compile in a fresh clone.
QUICK = tuple(feature for feature in FEATURES if feature != "trips")


@quick
@given(problems(features=QUICK), st.integers(0, 3))
def test_no_rule_is_broken_whatever_the_mix(problem, seed):
    assert check(problem, solve(problem, Budget(iterations=60), seed)) == []


@quick
@given(problems(features=QUICK))
def test_no_plan_costs_less_than_the_bound_or_more_than_the_baseline(problem):
    plan = solve(problem, Budget(iterations=60))
    assert bound(problem) <= plan.cost <= baseline(problem).cost


@quick
@given(problems(features=QUICK), st.integers(0, 3))
def test_the_same_seed_gives_the_same_plan(problem, seed):
    assert solve(problem, Budget(iterations=60), seed) == solve(problem, Budget(iterations=60), seed)


def test_a_problem_that_is_wrong_is_refused_in_words():
    problem = Problem(stops=(), vehicles=(Vehicle(name="v", start=7),), travel=Coordinates(x=(0,), y=(0,)))
    with pytest.raises(Impossible, match="vehicle 'v': there is no place 7 or 0"):
        solve(problem, Budget(iterations=1))


def test_nobody_to_serve_is_an_empty_plan():
    problem = Problem(stops=(), vehicles=(Vehicle(name="v"),), travel=Coordinates(x=(0,), y=(0,)))
    assert solve(problem, Budget(iterations=1)).trips == ()


@pytest.mark.slow
@quick
@given(problems(features=("trips", "windows", "releases", "shift", "kinds", "sealed")))
def test_no_rule_is_broken_with_several_trips(problem):
    plan = solve(problem, Budget(iterations=200), threads=2)
    assert check(problem, plan) == []
    assert bound(problem) <= plan.cost <= baseline(problem).cost


def test_several_trips_and_many_stops_go_to_the_search_by_strings():
    assert not is_large(line())
    assert is_large(line(vehicle=Vehicle(name="van", trips=2)))


def test_a_start_that_can_not_be_driven_any_more_is_mended_first():
    problem = line(stop(1, windows=((0, 5),), skip_price=50), stop(2))
    told = Plan(trips=(Trip(vehicle=0, unit=0, stops=(0, 1), depart_s=0),), cost=0)
    plan = solve(problem, Budget(iterations=20), 1, start=told)
    assert check(problem, plan) == []
    assert plan.served() == {1}
