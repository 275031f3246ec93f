import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from bihuan.engines.travel import Hierarchy
from bihuan.engines.travel.dissection import dissect
from bihuan.engines.travel.hierarchy import by_rows
from tests.engines.travel.made import grid


def dissected(side: int) -> tuple[np.ndarray, object]:
    network = grid(side)
    first, head, _ = by_rows(network.junctions, network.tail, network.head)
    return dissect(network.lon, network.lat, first, head), network


def test_every_place_is_taken_out_once() -> None:
    order, network = dissected(15)
    assert sorted(order.tolist()) == list(range(network.junctions))


def test_the_last_places_cut_the_city_in_two() -> None:
    order, network = dissected(20)
    left = np.isin(np.arange(400), order[:-20])
    keep = left[network.tail] & left[network.head]
    graph = csr_matrix((np.ones(keep.sum()), (network.tail[keep], network.head[keep])), shape=(400, 400))
    _, label = connected_components(graph)
    assert np.sort(np.bincount(label[left]))[-1] < 0.8 * left.sum()


def test_the_order_keeps_shortcuts_few() -> None:
    network = grid(30)
    lines = network.arcs // 2
    assert len(Hierarchy.of(network).above) < 6 * lines


def test_places_on_one_spot_are_ordered_all_the_same() -> None:
    first, head, _ = by_rows(6, *np.array([[0, 1, 2, 3, 4], [1, 2, 3, 4, 5]], np.int32))
    order = dissect(np.zeros(6), np.zeros(6), first, head)
    assert sorted(order.tolist()) == list(range(6))
