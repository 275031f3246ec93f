from hypothesis import given

from bihuan.engines.routing import Coordinates, Problem, Stop, Vehicle, baseline, check
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import line, stop


@tries(100)
@given(problems())
def test_it_answers_whatever_the_mix_and_breaks_no_rule(problem):
    assert check(problem, baseline(problem)) == []


def test_what_must_be_served_comes_first_when_there_is_little_room():
    stops = (stop(1, skip_price=1), stop(2), stop(3, skip_price=1, priority=9))
    plan = baseline(line(*stops, vehicle=Vehicle(name="van", capacity=(2,))))
    assert plan.served() == {1, 2}


def test_no_vehicle_is_sent_half_empty():
    spots = [(k * 7919 % 10_007, k * 104_729 % 10_009) for k in range(3_001)]
    stops = tuple(Stop(name=str(k), place=k, demand=(1,)) for k in range(1, 3_001))
    travel = Coordinates(x=tuple(x for x, _ in spots), y=tuple(y for _, y in spots))
    problem = Problem(stops=stops, vehicles=(Vehicle(name="van", capacity=(50,), count=60),), travel=travel)
    assert len(baseline(problem).trips) == 60
