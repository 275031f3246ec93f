import numpy as np

from bihuan.engines.travel.ends import along_one_road, arriving, leaving
from bihuan.engines.travel.ground import Stops
from bihuan.engines.travel.turns import Graph
from tests.engines.travel.made import crossroads

FROM_SOUTH, TO_WEST = 6, 3


def on(road: int, along: float) -> Stops:
    return Stops(np.array([road], np.int32), np.array([along]), np.zeros(1))


def test_from_the_middle_of_a_road_one_can_leave_both_ways() -> None:
    network = crossroads()
    ends = leaving(Graph.of(network), on(int(network.road[0]), 0.3), None)
    assert dict(zip(ends.place.tolist(), ends.time_ds.tolist(), strict=True)) == {1: 70, 0: 30}


def test_a_closed_direction_is_not_left_by() -> None:
    network = crossroads()
    closed = np.arange(network.arcs) == 0
    ends = leaving(Graph.of(network), on(int(network.road[0]), 0.3), closed)
    assert (ends.place.tolist(), ends.time_ds.tolist()) == ([0], [30])


def test_the_end_of_a_road_is_its_junction() -> None:
    network = crossroads()
    ends = leaving(Graph.of(network), on(int(network.road[0]), 0.0), None)
    assert (0, 0) in zip(ends.place.tolist(), ends.time_ds.tolist(), strict=True)


def test_a_road_is_reached_only_from_where_the_turn_into_it_is_allowed() -> None:
    network = crossroads(banned=[(FROM_SOUTH, TO_WEST)])
    graph = Graph.of(network)
    places = arriving(graph, on(int(network.road[TO_WEST]), 0.5), None).place.tolist()
    assert graph.into[FROM_SOUTH] not in places
    assert {0, graph.into[4], graph.into[5], graph.into[7], 4} == set(places)


def test_a_split_junction_is_reached_by_any_arc() -> None:
    network = crossroads(banned=[(FROM_SOUTH, TO_WEST)])
    graph = Graph.of(network)
    ends = arriving(graph, on(int(network.road[0]), 0.0), None)
    at_once = set(ends.place[ends.time_ds == 0].tolist())
    assert at_once == {0, *graph.into[4:].tolist()}


def test_on_one_road_the_way_is_direct_in_the_right_direction() -> None:
    network = crossroads()
    road = int(network.road[0])
    found = along_one_road(network, on(road, 0.2), on(road, 0.7), None)
    assert [part.tolist() for part in found] == [[0], [0], [50]]
    closed = np.arange(network.arcs) == 0
    assert along_one_road(network, on(road, 0.2), on(road, 0.7), closed)[2].tolist() == []


def test_stops_on_two_roads_have_no_direct_way() -> None:
    network = crossroads()
    found = along_one_road(network, on(0, 0.2), on(1, 0.2), None)
    assert found[0].tolist() == []
