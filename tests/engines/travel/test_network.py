import numpy as np
import pytest

from bihuan.engines.travel import BadNetwork, from_arrays
from tests.engines.travel.made import crossroads


def test_an_arc_and_the_one_back_share_a_road() -> None:
    network = crossroads()
    assert len(network.way) == 4
    assert network.road[:4].tolist() == network.road[4:].tolist()


def test_a_one_way_street_has_no_arc_back() -> None:
    network = from_arrays([0, 1], [0, 0], [0], [1], [5])
    assert network.arc_on(onward=True).tolist() == [0]
    assert network.arc_on(onward=False).tolist() == [-1]


def test_parallel_arcs_have_roads_of_their_own() -> None:
    network = from_arrays([0, 1], [0, 0], [0, 0, 1], [1, 1, 0], [5, 6, 7])
    assert len(network.way) == 2
    assert network.road[2] == network.road[0] != network.road[1]


def test_a_road_is_written_the_way_its_first_arc_runs() -> None:
    network = from_arrays([0, 1], [0, 0], [1, 0], [0, 1], [5, 6])
    assert network.is_onward.tolist() == [True, False]
    assert network.shape.tolist() == [[1, 0], [0, 0]]


def test_times_are_kept_to_a_tenth() -> None:
    assert from_arrays([0, 1], [0, 0], [0], [1], [1.26]).time_ds.tolist() == [13]


def test_a_loop_is_a_road_of_its_own() -> None:
    network = from_arrays([0, 1], [0, 0], [0, 0], [0, 0], [5, 6])
    assert sorted(network.road.tolist()) == [0, 1]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tail": [7]}, "junctions"),
        ({"head": [-1]}, "junctions"),
        ({"time_s": [-1]}, "negative"),
        ({"time_s": [90_000]}, "more than a day"),
        ({"lon": [0, float("nan")]}, "not a number"),
        ({"lon": [0]}, "junctions"),
        ({"banned": [(0, 3)]}, "does not exist"),
        ({"banned": [(0, 0)]}, "do not meet"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_in_words(change: dict[str, list[int]], words: str) -> None:
    good = {"lon": [0, 1], "lat": [0, 0], "tail": [0], "head": [1], "time_s": [5]}
    with pytest.raises(BadNetwork, match=words):
        from_arrays(**(good | change))


def test_a_network_counts_itself() -> None:
    network = crossroads()
    assert (network.junctions, network.arcs) == (5, 8)
    assert np.isfinite(network.lon).all()
