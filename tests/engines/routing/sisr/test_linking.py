import numpy as np
import pytest
from hypothesis import given

from bihuan.engines.routing.sisr.arrays import AFTER_IT, BEFORE_IT, EARLY, FIRST, LATE, OUT_AT, ROUTE, SIZE
from bihuan.engines.routing.sisr.linking import link, unlink
from bihuan.engines.routing.timing import Rules
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import begun, problems

pytestmark = pytest.mark.slow


@tries(50)
@given(problems())
def test_what_is_taken_out_and_put_back_leaves_everything_as_it_was(problem):
    search = begun(problem)
    part = search.parts[0]
    served = np.arange(1, part.stops + 1)
    for stop in served[part.node[served, ROUTE] >= 0]:
        node, times, route = part.node.copy(), part.stop.copy(), part.route.copy()
        before, of = part.node[stop, BEFORE_IT], part.node[stop, ROUTE]
        assert unlink(part, stop) == -link(part, stop, before, of)
        assert np.array_equal(node[:, :OUT_AT], part.node[:, :OUT_AT])
        on = part.node[:, ROUTE] >= 0
        assert np.array_equal(times[on][:, : LATE + 1], part.stop[on][:, : LATE + 1])
        assert np.array_equal(route[:, [FIRST, SIZE]], part.route[:, [FIRST, SIZE]])


@tries(50)
@given(problems())
def test_earliest_times_are_those_of_a_vehicle_that_drives(problem):
    search, rules = begun(problem), Rules(problem)
    part, plan = search.parts[0], search.plan(search.snapshot())
    node_of = {int(number): node for node, number in enumerate(search.layout.stop_of, 1)}
    days = {}
    for trip in plan.trips:
        days.setdefault((trip.vehicle, trip.unit), []).append(list(trip.stops))
    for (number, _), trips in days.items():
        if part.is_timed and not rules.why_not(number, trips):
            for stops, walked in zip(trips, rules.day(number, trips), strict=True):
                assert [part.stop[node_of[k], EARLY] for k in stops] == list(walked.begin_s)
    assert part.node[:, AFTER_IT].min() >= 0
