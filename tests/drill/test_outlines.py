"""The schematic map: nine outlines side by side."""

from itertools import combinations

import pytest
from shapely import union_all

from bihuan.drill.divisions import DIVISIONS
from bihuan.drill.outlines import HULL, draw_features, draw_outlines

pytestmark = pytest.mark.once


def test_each_district_lies_around_its_own_centre() -> None:
    outlines = draw_outlines()
    for division in DIVISIONS:
        at = [code for code, outline in outlines.items() if outline.holds((division.lon, division.lat))]
        assert at == [division.code]


def test_outlines_do_not_overlap() -> None:
    shapes = [outline.shape for outline in draw_outlines().values()]
    assert all(a.intersection(b).area < 1e-12 for a, b in combinations(shapes, 2))


def test_outlines_fill_the_hull() -> None:
    whole = union_all([outline.shape for outline in draw_outlines().values()])
    assert whole.symmetric_difference(HULL).area == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("fraction", [0.1, 0.5, 0.95])
def test_going_towards_the_edge_stays_inside(fraction: float) -> None:
    outlines = draw_outlines()
    for division in DIVISIONS:
        outline = outlines[division.code]
        reached = [outline.reach((division.lon, division.lat), angle / 4, fraction) for angle in range(25)]
        assert all(outline.holds(place) for place in reached)


def test_geometry_is_a_closed_ring() -> None:
    for outline in draw_outlines().values():
        ring = outline.geometry()["coordinates"][0]
        assert ring[0] == ring[-1]
        assert len(ring) > 3


def test_rivers_and_roads_are_lines() -> None:
    features = draw_features()
    assert {feature["kind"] for feature in features} == {"river", "road"}
    assert {feature["geometry"]["type"] for feature in features} == {"LineString"}
