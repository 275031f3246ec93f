import json
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError

from bihuan.config.planning.match import match
from bihuan.config.planning.roads import road_seconds
from bihuan.engines.matching import Needs, Offers
from bihuan.engines.travel import UNREACHABLE

pytestmark = pytest.mark.once

# A street to the east with a bridge in its middle, and an island with a street of its own.
NODES = {1: (113.10, 27.80), 2: (113.11, 27.80), 3: (113.12, 27.80), 4: (113.10, 27.90), 5: (113.11, 27.90)}
WAYS = {10: (1, 2), 11: (2, 3), 12: (4, 5)}
BRIDGE = shapely.box(113.113, 27.79, 113.116, 27.81)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    nodes = [f'<node id="{n}" lon="{lon}" lat="{lat}"/>' for n, (lon, lat) in NODES.items()]
    ways = [
        f'<way id="{w}"><nd ref="{a}"/><nd ref="{b}"/><tag k="highway" v="residential"/></way>'
        for w, (a, b) in WAYS.items()
    ]
    path = tmp_path / "town.osm"
    path.write_text(f'<osm version="0.6">{"".join(nodes + ways)}</osm>')
    return path


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    path = tmp_path / "closed.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(BRIDGE)}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    return path


OFFERS = Offers.of([5, 5], lon=[113.10, 113.10], lat=[27.80, 27.90])
NEEDS = Needs.of([5, 5], lon=[113.12, 113.11], lat=[27.80, 27.80])


def test_ways_are_those_of_the_roads_and_an_island_is_not_reached(town):
    seconds = road_seconds(town, None, OFFERS, NEEDS)
    assert seconds[0, 0] == pytest.approx(2 * int(seconds[0, 1]), abs=2)
    assert (seconds[1] == UNREACHABLE).all()


def test_a_closed_bridge_cuts_off_what_lies_behind_it(town, closed):
    seconds = road_seconds(town, closed, OFFERS, NEEDS)
    assert seconds[0, 0] == UNREACHABLE != seconds[0, 1]


def test_a_place_far_from_every_road_is_told_of(town, capsys):
    road_seconds(town, None, Offers.of([1], lon=113.1, lat=27.85), NEEDS)
    assert "1 offers lie more than 1,000 m from every road" in capsys.readouterr().out


def test_files_that_are_no_roads_or_no_areas_are_said_to_be_so(town, tmp_path):
    wrong = tmp_path / "wrong.geojson"
    wrong.write_text("{}")
    for roads, areas, name in ((tmp_path / "no.osm", None, "no.osm"), (town, wrong, "wrong.geojson")):
        with pytest.raises(CommandError, match=name):
            road_seconds(roads, areas, OFFERS, NEEDS)


def test_goods_are_matched_along_the_roads(town, closed, tmp_path, capsys):
    (tmp_path / "offers.csv").write_text("name,kind,quantity,lon,lat\nMarket,rice,8,113.10,27.80\n")
    (tmp_path / "needs.csv").write_text(
        "name,kind,quantity,lon,lat\nBehind,rice,8,113.12,27.80\nBefore,rice,2,113.11,27.80\n"
    )
    files, out = [str(tmp_path / "offers.csv"), str(tmp_path / "needs.csv")], tmp_path / "plan.csv"
    assert match([*files, "--roads", str(town), "--closed", str(closed), "--out", str(out)]) == 0
    assert [row.split(",") for row in out.read_text().split()[1:]] == [["Market", "Before", "2"]]
    assert match([*files, "--roads", str(town), "--out", str(out)]) == 0
    assert sum(int(row.split(",")[2]) for row in out.read_text().split()[1:]) == 8


def test_closures_ask_for_roads(closed, tmp_path):
    with pytest.raises(CommandError, match="--roads"):
        match(["offers.csv", "needs.csv", "--closed", str(closed)])
