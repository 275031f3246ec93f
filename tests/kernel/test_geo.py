"""Positions on the globe."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import geo

pytestmark = pytest.mark.once
positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@pytest.mark.parametrize(
    ("lon", "lat", "good"),
    [
        (113.1, 27.8, True), (180, 90, True), (181, 0, False), (0, -91, False), (math.nan, 0, False),
        (0, math.inf, False),
    ],
)  # fmt: skip
def test_only_the_globe_has_positions(lon, lat, good):
    assert geo.is_position(lon, lat) is good


def test_a_degree_along_the_equator_is_a_360th_of_the_way_round():
    assert geo.distance_m((0, 0), (1, 0)) == pytest.approx(2 * math.pi * geo.EARTH_RADIUS_M / 360)


@given(positions, positions)
def test_distance_is_the_same_both_ways_and_at_most_half_round(a, b):
    assert geo.distance_m(a, b) == pytest.approx(geo.distance_m(b, a))
    assert 0 <= geo.distance_m(a, b) <= math.pi * geo.EARTH_RADIUS_M * (1 + 1e-9)


def test_a_cell_is_among_its_own_neighbours():
    home = geo.cell(113.13, 27.83)
    assert home in geo.cells_near(home)
    assert len(geo.cells_near(home)) == 7
    assert geo.cells_near(home, rings=0) == [home]


def test_a_place_a_few_steps_away_is_near_by():
    home, there = (113.13, 27.83), (113.132, 27.83)
    assert geo.distance_m(home, there) < 250
    assert geo.cell(*there) in geo.cells_near(geo.cell(*home))
