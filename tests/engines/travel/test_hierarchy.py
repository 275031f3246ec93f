import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.engines.travel import Hierarchy, at_junctions, from_arrays, times
from bihuan.engines.travel.dijkstra import NEVER
from bihuan.engines.travel.hierarchy import by_rows
from tests.engines.travel.made import crossroads, grid, networks


def test_edges_go_up_and_are_sorted() -> None:
    h = Hierarchy.of(grid(12))
    for v in range(len(h.rank)):
        row = h.above[h.first[v] : h.first[v + 1]].tolist()
        assert row == sorted(set(row)) and all(v < w for w in row)


def test_whatever_is_above_a_place_is_above_its_lowest_neighbour() -> None:
    h = Hierarchy.of(grid(12))
    for v in range(len(h.rank)):
        row = set(h.above[h.first[v] : h.first[v + 1]].tolist())
        if row:
            lowest = min(row)
            assert row - {lowest} <= set(h.above[h.first[lowest] : h.first[lowest + 1]].tolist())


def test_a_closure_is_felt_without_a_rebuild_and_ends_with_it() -> None:
    network = crossroads()
    h, stops = Hierarchy.of(network), at_junctions(network, [1, 3])
    closed = network.head == 3
    assert times(h.timed(), stops, stops)[0, 1] == 20
    assert times(h.timed(closed), stops, stops)[0, 1] == 65_535
    assert times(h.timed(), stops, stops)[0, 1] == 20


@settings(max_examples=40, deadline=None)
@given(networks())
def test_a_shortcut_is_never_slower_than_a_way_below_it(drawn: tuple[object, np.ndarray]) -> None:
    network, closed = drawn
    h = Hierarchy.of(network)
    metric = h.timed(closed)
    time = h.graph.time_ds(closed, NEVER)
    real = h.edge >= 0
    edge = h.edge[real]
    along = np.where(h.is_up[real], metric.up[edge], metric.down[edge])
    assert (along <= time[real]).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=12))
def test_rows_hold_what_was_put_in(entries: list[tuple[int, int]]) -> None:
    row, column = np.array(entries, np.int32).reshape(-1, 2).T
    first, sorted_column, index = by_rows(5, row, column)
    for r in range(5):
        assert sorted_column[first[r] : first[r + 1]].tolist() == sorted(c for q, c in entries if q == r)
    assert sorted(index.tolist()) == list(range(len(entries)))


def test_a_network_in_two_parts_has_a_hierarchy() -> None:
    network = from_arrays([0, 1, 5, 6], [0, 0, 0, 0], [0, 2], [1, 3], [5, 5])
    stops = at_junctions(network, [0, 1, 2, 3])
    found = times(Hierarchy.of(network).timed(), stops, stops)
    assert found[0].tolist() == [0, 5, 65_535, 65_535]
