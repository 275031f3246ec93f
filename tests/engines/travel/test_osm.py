from pathlib import Path

import numpy as np
import pytest

from bihuan.engines.travel import (
    UNREACHABLE,
    BadNetwork,
    Hierarchy,
    Network,
    Profile,
    at_junctions,
    read_osm,
    times,
)

# A cross: way 10 from 1 (west) over 2 to 3 (east), way 20 from 4 (south) to 2, way 30 from 2 to 5 (north); 6 is shape.
CROSS = """<osm version="0.6">
<node id="1" lon="113.000" lat="27.000"/><node id="2" lon="113.010" lat="27.000"/>
<node id="3" lon="113.020" lat="27.000"/><node id="4" lon="113.010" lat="26.990"/>
<node id="5" lon="113.010" lat="27.010"/><node id="6" lon="113.005" lat="27.001"/>
<way id="10"><nd ref="1"/><nd ref="6"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/>{more}</way>
<way id="20"><nd ref="4"/><nd ref="2"/><tag k="highway" v="residential"/></way>
<way id="30"><nd ref="2"/><nd ref="5"/><tag k="highway" v="residential"/></way>
<way id="40"><nd ref="4"/><nd ref="3"/><tag k="highway" v="footway"/></way>
{rule}</osm>"""
RULE = """<relation id="1"><member type="way" ref="20" role="from"/><member type="node" ref="2" role="via"/>
<member type="way" ref="{to}" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="{kind}"/>
{more}</relation>"""


@pytest.fixture
def cross(tmp_path: Path) -> object:
    def write(more: str = "", rule: str = "", profile: Profile | None = None) -> Network:
        path = tmp_path / "cross.osm"
        path.write_text(CROSS.format(more=more, rule=rule))
        return read_osm(path, profile or Profile())

    return write


def seconds(network: Network, source: float, target: tuple[float, float]) -> int:
    """Return the time from the south to a junction, found by its position."""
    at = [
        int(np.argmin(np.hypot(network.lon - lon, network.lat - lat)))
        for lon, lat in ((113.01, source), target)
    ]
    stops = at_junctions(network, at)
    return int(times(Hierarchy.of(network).timed(), stops, stops)[0, 1])


NORTH, EAST, WEST = (113.01, 27.01), (113.02, 27.0), (113.0, 27.0)


def test_shape_is_no_junction_and_footways_are_no_roads(cross: object) -> None:
    network = cross()
    assert (network.junctions, network.arcs) == (5, 8)
    assert len(network.shape) == 3 + 2 + 2 + 2


def test_time_is_length_by_speed(cross: object) -> None:
    # 0.01 degrees of latitude are 1,111.95 m; at 30 km/h times 0.8 that takes 166.8 s, twice.
    assert seconds(cross(), 26.99, NORTH) == 334


def test_a_one_way_street_is_driven_one_way(cross: object) -> None:
    network = cross(more='<tag k="oneway" v="yes"/>')
    assert seconds(network, 26.99, EAST) < UNREACHABLE
    assert seconds(network, 26.99, WEST) == UNREACHABLE


def test_a_forbidden_turn_is_not_made(cross: object) -> None:
    network = cross(rule=RULE.format(to=30, kind="no_straight_on", more=""))
    assert seconds(network, 26.99, EAST) < UNREACHABLE
    # Straight on is forbidden: on along the primary road, round, and back to the turning.
    assert seconds(network, 26.99, NORTH) > seconds(cross(), 26.99, NORTH)


def test_the_only_turn_allowed_bars_the_others(cross: object) -> None:
    network = cross(rule=RULE.format(to=30, kind="only_straight_on", more=""))
    direct, free = seconds(network, 26.99, NORTH), cross()
    assert direct == seconds(free, 26.99, NORTH)
    assert seconds(network, 26.99, EAST) > seconds(free, 26.99, EAST)


def test_a_rule_that_excepts_cars_is_no_rule(cross: object) -> None:
    rule = RULE.format(to=30, kind="no_straight_on", more='<tag k="except" v="bus;motorcar"/>')
    assert len(cross(rule=rule).banned) == 0


def test_an_extract_without_roads_is_refused(cross: object) -> None:
    with pytest.raises(BadNetwork, match="holds no road"):
        cross(profile=Profile(kmh={"cycleway": 15.0}))


def test_a_real_town_is_read_with_its_turn_restrictions(shared: Path) -> None:
    network = read_osm(shared / "data/osm/Helsinki.osm.pbf")
    assert network.junctions > 500
    assert len(network.banned) > 20
    assert (network.head[network.banned[:, 0]] == network.tail[network.banned[:, 1]]).all()
