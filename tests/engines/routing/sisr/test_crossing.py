import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Coordinates, Problem, Stop, Vehicle, check
from bihuan.engines.routing.sisr.arrays import AFTER_IT, BEFORE_IT, ROUTE, WAY_IN, WAY_ON
from bihuan.engines.routing.sisr.crossing import cross
from bihuan.engines.routing.sisr.roads import plain_m
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import begun, problems

pytestmark = pytest.mark.slow


def on_a_plane(where, capacity, windows=()):
    """A depot at the first place, and a stop with a load of 1 at each of the others."""
    x, y = zip(*where, strict=True)
    stops = tuple(
        Stop(name=f"s{k}", place=k, demand=(1,), windows=windows, service_s=1) for k in range(1, len(where))
    )
    vehicle = Vehicle(name="van", capacity=(capacity,), count=len(stops), shift=(0, 5_000))
    return Problem(stops=stops, vehicles=(vehicle,), travel=Coordinates(x=x, y=y))


places = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=3, max_size=25)


@tries(150)
@given(places, st.integers(1, 9), st.booleans(), st.floats(0, 200), st.data())
def test_what_it_says_it_costs_is_what_it_costs_and_no_rule_is_broken(where, capacity, is_timed, limit, data):
    problem = on_a_plane(where, capacity, ((0, 400), (900, 2_000)) if is_timed else ())
    search = begun(problem)
    for stop in data.draw(st.lists(st.integers(1, len(problem.stops)), min_size=1, max_size=20)):
        before = search.plan(search.snapshot()).cost
        dearer = cross(search.parts[0], stop, limit)
        search.cost += dearer
        plan = search.plan(search.snapshot())
        assert plan.cost - before == dearer <= max(limit, 0)
        assert [violation for violation in check(problem, plan) if violation.rule != "unserved"] == []
        neighbours_agree(search.parts[0])


def neighbours_agree(part):
    served = [k for k in range(1, part.stops + 1) if part.node[k, ROUTE] >= 0]
    for stop in served:
        before, after = part.node[stop, BEFORE_IT], part.node[stop, AFTER_IT]
        assert before > part.stops or part.node[before, AFTER_IT] == stop
        assert after > part.stops or part.node[after, BEFORE_IT] == stop
        assert part.node[stop, WAY_IN] == plain_m(part, before, stop)
        assert part.node[stop, WAY_ON] == plain_m(part, stop, after)


def test_a_crossing_is_undone():
    # Driven in the order 1, 3, 2, 4 the corners of a square cross in the middle.
    problem = on_a_plane([(0, 0), (0, 10), (0, 20), (10, 20), (10, 10)], 4)
    search = begun(problem)
    part = search.parts[0]
    costs = {search.plan(search.snapshot()).cost}
    for stop in range(1, 5):
        cross(part, stop, 0.0)
        costs.add(search.plan(search.snapshot()).cost)
    assert min(costs) == round(10 + 10 + 10 + 10 + math.hypot(10, 10))


@tries(30)
@given(problems(), st.floats(0, 100))
def test_problems_of_every_kind_stay_sound(problem, limit):
    search = begun(problem)
    part = search.parts[0]
    if not part.is_plain or part.is_chained:
        return
    for stop in range(1, part.stops + 1):
        before = search.plan(search.snapshot()).cost
        dearer = cross(part, stop, limit)
        plan = search.plan(search.snapshot())
        assert plan.cost - before == dearer
        assert [one for one in check(problem, plan) if one.rule != "unserved"] == []
    assert np.all(part.space[:, 1:] >= -1)
