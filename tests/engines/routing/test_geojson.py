import pytest

from bihuan.engines.routing import LonLat, Problem, Vehicle, baseline
from bihuan.engines.routing.geojson import geojson
from bihuan.engines.routing.vrplib import Unreadable
from tests.engines.routing.small import line, stop


def test_a_line_for_each_trip_and_a_point_for_each_stop():
    travel = LonLat(lon=(113.1, 113.2, 113.3), lat=(27.8, 27.8, 27.9))
    problem = Problem(
        stops=(stop(1), stop(2, kinds=("boat",))), vehicles=(Vehicle(name="van"),), travel=travel
    )
    found = geojson(problem, baseline(problem))["features"]
    assert [feature["geometry"]["type"] for feature in found] == ["LineString", "Point", "Point"]
    assert found[0]["geometry"]["coordinates"] == [[113.1, 27.8], [113.2, 27.8], [113.1, 27.8]]
    assert found[2]["properties"] == {"stop": "s2", "is_left_out": True}


def test_places_without_a_globe_are_refused():
    with pytest.raises(Unreadable, match="give lonlat"):
        geojson(line(), baseline(line()))
