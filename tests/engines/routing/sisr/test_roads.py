import pytest
from hypothesis import given

from bihuan.engines.routing.legs import Legs
from bihuan.engines.routing.sisr.layout import lay_out
from bihuan.engines.routing.sisr.roads import FAR, begins, cost, lasting, latest
from bihuan.engines.routing.timing import begins as plainly
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import problems

pytestmark = pytest.mark.slow


@tries(40)
@given(problems())
def test_legs_cost_and_last_what_they_do_elsewhere(problem):
    layout, legs, van = lay_out(problem), Legs(problem), problem.vehicles[0]
    for a, here in enumerate(layout.stop_of, 1):
        for b, there in enumerate(layout.stop_of, 1):
            metres, driven, cleaning = legs.leg(legs.points[here], legs.points[there])
            if metres < FAR:
                assert cost(layout.world, 0, a, b) == metres * van.cost_per_m + driven * van.cost_per_s
                assert lasting(layout.world, a, b) == driven + cleaning


@tries(40)
@given(problems(stops=3))
def test_windows_open_and_close_as_they_do_elsewhere(problem):
    layout = lay_out(problem)
    for node, number in enumerate(layout.stop_of, 1):
        for clock in range(0, 4_000, 97):
            begun = begins(layout.world, node, clock)
            assert min(begun, 2 * 10**9) == plainly(problem.stops[number], clock)
            arrival = latest(layout.world, node, clock)
            assert arrival < 0 or begins(layout.world, node, arrival) <= clock
