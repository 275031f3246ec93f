import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra as by_scipy

from bihuan.engines.travel.dijkstra import NEVER, search
from bihuan.engines.travel.hierarchy import by_rows
from tests.engines.travel.made import grid


def from_place(network: object, source: int, wanted: list[int], offset: int = 0) -> list[int]:
    first, head, link = by_rows(network.junctions, network.tail, network.head)
    out = np.empty((1, len(wanted)), np.int32)
    begin = (np.array([0, 1]), np.array([source], np.int32), np.array([offset], np.int32))
    search(first, head, network.time_ds[link], *begin, np.array(wanted, np.int32), out)
    return out[0].tolist()


def test_the_search_agrees_with_scipy_on_a_city_of_streets() -> None:
    network = grid(12)
    graph = csr_matrix((network.time_ds.astype(float), (network.tail, network.head)), shape=(144, 144))
    expected = by_scipy(graph, indices=7)
    found = np.array(from_place(network, 7, list(range(144))), float)
    assert np.where(found >= NEVER, np.inf, found).tolist() == expected.tolist()


def test_the_search_begins_after_its_offset() -> None:
    network = grid(5)
    assert from_place(network, 3, [3], offset=12_345) == [12_345]


def test_a_search_that_ends_early_is_as_exact() -> None:
    network = grid(10)
    whole = from_place(network, 0, list(range(100)))
    assert [from_place(network, 0, [v])[0] for v in range(0, 100, 7)] == whole[::7]
