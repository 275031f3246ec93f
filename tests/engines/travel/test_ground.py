import numpy as np
import pytest
import shapely

from bihuan.engines.travel import Ground, at_junctions, from_arrays
from tests.engines.travel.made import LAT, LON, crossroads

METRES_A_DEGREE = 111_195.08


def test_a_position_beside_a_road_is_put_onto_it_with_its_distance() -> None:
    network = crossroads()
    stop = Ground.of(network).snap([LON + 0.0002], [LAT + 0.0005])
    assert stop.road[0] == network.road[0]
    assert stop.along[0] == pytest.approx(0.5, abs=1e-3)
    assert stop.distance_m[0] == pytest.approx(0.0002 * METRES_A_DEGREE * np.cos(np.radians(LAT)), rel=1e-3)


def test_a_position_past_the_end_is_put_onto_the_end() -> None:
    network = crossroads()
    stop = Ground.of(network).snap([LON], [LAT + 0.002])
    assert (stop.road[0], stop.along[0]) == (network.road[0], 1.0)


def test_a_closed_road_is_not_snapped_to() -> None:
    network = crossroads()
    north = network.road == network.road[0]
    stop = Ground.of(network, closed=north).snap([LON], [LAT + 0.0005])
    assert stop.road[0] != network.road[0]
    assert stop.distance_m[0] > 40


def test_where_all_is_closed_nothing_can_be_snapped() -> None:
    network = crossroads()
    with pytest.raises(ValueError, match="no open road"):
        Ground.of(network, closed=np.ones(network.arcs, bool))


def test_an_area_closes_both_directions_of_what_it_touches() -> None:
    area = shapely.box(LON - 0.0001, LAT + 0.0004, LON + 0.0001, LAT + 0.0006)
    closed = Ground.of(crossroads()).closed_by([area])
    assert np.flatnonzero(closed).tolist() == [0, 4]


def test_an_area_over_the_crossing_closes_all_arms() -> None:
    closed = Ground.of(crossroads()).closed_by([shapely.Point(LON, LAT).buffer(1e-5)])
    assert closed.all()


def test_no_area_closes_nothing() -> None:
    assert not Ground.of(crossroads()).closed_by([]).any()


def test_stops_can_stand_on_junctions() -> None:
    network = crossroads()
    stops = at_junctions(network, [0, 3])
    assert stops.distance_m.tolist() == [0, 0]
    assert stops.along[1] == 1.0 and stops.road[1] == network.road[2]


def test_a_junction_that_is_only_reached_can_be_stood_on() -> None:
    assert at_junctions(from_arrays([0, 1], [0, 0], [0], [1], [5]), [1]).along.tolist() == [1.0]


def test_a_junction_without_road_is_refused() -> None:
    with pytest.raises(ValueError, match="junction 2"):
        at_junctions(from_arrays([0, 1, 2], [0, 0, 0], [0], [1], [5]), [2])


def test_some_stops_can_be_taken_out() -> None:
    stops = at_junctions(crossroads(), [0, 1, 2])
    assert len(stops) == 3
    assert stops[1:].road.tolist() == stops.road[1:].tolist()
