import pytest

from bihuan.engines.routing import Pair, Vehicle
from bihuan.engines.routing.timing import Rules, begins, days_of, timed
from tests.engines.routing.small import line, stop

VAN = Vehicle(name="van", capacity=(2,), shift=(0, 900))


@pytest.mark.parametrize(("clock", "begin"), [(0, 10), (15, 15), (21, 30), (40, 40), (41, 2 * 10**9)])
def test_work_begins_in_the_next_window_or_never(clock, begin):
    assert begins(stop(1, windows=((10, 20), (30, 40))), clock) == begin


def test_a_trip_is_driven_as_early_as_can_be():
    walked = Rules(line(stop(1, service_s=5, release_s=50), stop(2))).walk(VAN, [0, 1], (0, -1), 0)
    assert (walked.depart_s, walked.arrive_s, walked.end_s, walked.cost) == (50, (150, 255), 455, 400)


@pytest.mark.parametrize(
    ("stops", "rule"),
    [([0, 1, 2], "capacity"), ([3, 3], "shift"), ([4], "kind"), ([5], "window")],
)
def test_the_rule_that_forbids_a_trip_is_named(stops, rule):
    made = [
        stop(1),
        stop(2),
        stop(3),
        stop(4, service_s=200),
        stop(1, kinds=("boat",)),
        stop(4, windows=((0, 9),)),
    ]
    assert Rules(line(*made)).walk(VAN, stops, (0, -1), 0).wrong == rule


def test_a_pair_loads_on_the_way():
    problem = line(stop(1, demand=()), stop(2, demand=()), pairs=(Pair(pickup=0, delivery=1, amount=(3,)),))
    assert Rules(problem).walk(VAN, [0, 1], (0, -1), 0).wrong == "capacity"
    assert Rules(problem).units([0, 1]) == [(0, 1)]
    assert Rules(problem).units([0]) == []


def test_more_trips_than_a_vehicle_makes_are_forbidden():
    assert Rules(line()).why_not(0, [[0], [1]]) == "trips"


def test_a_timed_plan_knows_its_cost_and_its_days():
    plan = timed(line(), {(0, 0): [[0, 1], []], (0, 1): [[2, 3]]})
    assert plan.cost == 400 + 800
    assert days_of(plan) == {(0, 0): [[0, 1]], (0, 1): [[2, 3]]}
