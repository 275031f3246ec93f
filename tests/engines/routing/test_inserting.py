from hypothesis import given

from bihuan.engines.routing import Pair, Plan, Trip, Vehicle, check
from bihuan.engines.routing.inserting import mend, sound, ways
from bihuan.engines.routing.timing import Rules, timed
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import line, stop


def test_the_best_way_is_found_with_its_true_cost():
    best = min(ways(Rules(line()), {(0, 0): [[0, 2]]}, (1,)))
    assert (best.cost, best.trips) == (0, ((0, 1, 2),))


def test_a_pair_goes_in_together():
    problem = line(stop(1, demand=()), stop(3, demand=()), stop(2), pairs=(Pair(pickup=0, delivery=1),))
    best = min(ways(Rules(problem), {(0, 0): [[2]]}, (0, 1)))
    assert (best.cost, sorted(best.trips[0])) == (200, [0, 1, 2])
    assert best.trips[0].index(0) < best.trips[0].index(1)


@tries(60)
@given(problems(stops=6))
def test_any_plan_can_be_mended(problem):
    wild = Plan(
        trips=(Trip(vehicle=0, unit=9, stops=(0,)), Trip(vehicle=0, stops=tuple(range(len(problem.stops)))))
    )
    assert check(problem, mend(problem, wild)) == []


def test_a_sound_plan_is_left_alone():
    plan = timed(line(), {(0, 0): [[3, 2, 1, 0]]})
    assert sound(line(), plan) is plan


def test_what_is_dearer_to_serve_than_to_leave_out_stays_out():
    problem = line(stop(4, skip_price=10), vehicle=Vehicle(name="van"))
    assert mend(problem, Plan()).trips == ()
