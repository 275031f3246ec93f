import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Coordinates, LonLat, Problem
from bihuan.engines.routing.legs import Legs, count_places, matrix_of, plane, straight, tables, xy
from tests.engines.routing.problems_at_random import problems, tries

whole = st.integers(-20_000, 20_000)


@given(whole, whole, st.sampled_from([1, 10]), st.booleans())
def test_distances_are_rounded_as_floating_point_would(dx, dy, times, is_cut):
    travel = Coordinates(x=(0, dx), y=(0, dy), times=times, is_cut=is_cut)
    exact = math.hypot(dx, dy) * times
    assert straight(travel, 0, 1) == (math.floor(exact + 1e-9) if is_cut else math.floor(exact + 0.5))


@tries(40)
@given(problems())
def test_the_tables_say_what_each_leg_says(problem):
    legs = Legs(problem)
    points = [*legs.points, (0, -1)]
    metres, seconds, cleaning = tables(problem, points)
    for a, here in enumerate(points):
        for b, there in enumerate(points):
            leg = legs.leg(here, there)
            assert (metres[a, b], seconds[a, b], cleaning[a, b]) == (
                min(leg[0], 10**9),
                min(leg[1], 10**9),
                leg[2],
            )


def test_a_degree_north_is_111_km_and_a_detour():
    travel = LonLat(lon=(113.0, 113.0), lat=(27.5, 28.5), detour_percent=130, metres_per_ks=10_000)
    metres, seconds = Legs(Problem(stops=(), vehicles=(), travel=travel)).between(0, 1)
    assert metres == pytest.approx(111_195 * 1.3, rel=1e-4)
    assert seconds == math.ceil(metres / 10)


def test_a_road_network_is_asked_row_by_row():
    travel = matrix_of(lambda place: ([place, 9], [1, 2]), 2)
    assert np.array_equal(travel.metres, [[0, 9], [1, 9]])
    assert count_places(travel) == 2


def test_tables_have_positions_only_where_they_are_said():
    travel = matrix_of(lambda place: ([0, 1], [0, 1]), 2)
    assert xy(travel) is None
    assert xy(travel, [(113.0, 27.0), (113.1, 27.0)]).shape == (2, 2)
    assert plane(LonLat(lon=(), lat=())).x == ()
