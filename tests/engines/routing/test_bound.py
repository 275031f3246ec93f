from itertools import permutations

from hypothesis import given

from bihuan.engines.routing import Plan, Problem, Trip, Vehicle, bound, cost_of
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import LINE, line, stop


@tries(60)
@given(problems(stops=4))
def test_no_single_trip_that_keeps_the_loads_costs_less(problem):
    orders = permutations(range(len(problem.stops)))
    room = min(vehicle.capacity[0] for vehicle in problem.vehicles)
    if sum(s.demand[0] if s.demand else 0 for s in problem.stops) <= room:
        costs = [cost_of(problem, Plan(trips=(Trip(vehicle=0, stops=order),))) for order in orders]
        assert bound(problem) <= min(costs)


def test_far_loads_in_small_vehicles_are_counted_out_and_back():
    problem = line(stop(4), stop(4, name="b"), vehicle=Vehicle(name="van", capacity=(1,), count=2))
    assert bound(problem) >= 2 * 2 * 400 - 4


def test_nothing_to_do_costs_nothing():
    assert bound(Problem(stops=(), vehicles=(), travel=LINE)) == 0
