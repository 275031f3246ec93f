from bihuan.engines.travel.turns import Graph
from tests.engines.travel.made import crossroads

FROM_SOUTH, TO_WEST, TO_EAST = 6, 3, 1


def test_without_banned_turns_a_place_is_a_junction() -> None:
    graph = Graph.of(crossroads())
    assert graph.places == 5
    assert len(graph.tail) == 8


def test_a_junction_with_a_banned_turn_is_split_by_the_arc_one_comes_from() -> None:
    graph = Graph.of(crossroads(banned=[(FROM_SOUTH, TO_WEST)]))
    assert graph.places == 5 + 4
    assert len(set(graph.into[4:].tolist())) == 4


def test_just_the_banned_turn_is_missing() -> None:
    graph = Graph.of(crossroads(banned=[(FROM_SOUTH, TO_WEST)]))
    here = graph.into[FROM_SOUTH]
    assert sorted(graph.arc[graph.tail == here].tolist()) == [0, 1, 2]
    other = graph.into[4]
    assert sorted(graph.arc[graph.tail == other].tolist()) == [0, 1, 2, 3]


def test_who_starts_on_the_junction_may_go_anywhere() -> None:
    graph = Graph.of(crossroads(banned=[(FROM_SOUTH, TO_WEST), (FROM_SOUTH, TO_EAST)]))
    assert sorted(graph.arc[graph.tail == 0].tolist()) == [0, 1, 2, 3]


def test_closed_arcs_take_for_ever_on_every_copy() -> None:
    network = crossroads(banned=[(FROM_SOUTH, TO_WEST)])
    graph = Graph.of(network)
    closed = network.head == 1
    time = graph.time_ds(closed, 9999)
    assert (time == 9999).sum() == (graph.arc == 0).sum() == 5
    assert (graph.time_ds(None, 9999) == 100).all()
