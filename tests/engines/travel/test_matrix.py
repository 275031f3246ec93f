from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from bihuan.engines.travel import (
    UNREACHABLE,
    Ground,
    Hierarchy,
    Network,
    Stops,
    at_junctions,
    from_arrays,
    read_osm,
    times,
    times_by_search,
)
from tests.engines.travel.made import by_networkx, grid, networks

EXTRACTS = ["Helsinki.osm.pbf", "andorra.osm.pbf", "monaco.osm.gz", "test.osm.pbf"]


def by_scipy(network: Network, junctions: np.ndarray) -> np.ndarray:
    """Return whole seconds between junctions; of parallel arcs the quicker, which a sparse matrix would add up."""
    order = np.lexsort((network.time_ds, network.head, network.tail))
    tail, head = network.tail[order], network.head[order]
    first = np.r_[True, (np.diff(tail) != 0) | (np.diff(head) != 0)]
    size = (network.junctions, network.junctions)
    graph = csr_matrix((network.time_ds[order][first].astype(float), (tail[first], head[first])), shape=size)
    tenths = dijkstra(graph, indices=junctions)[:, junctions]
    return np.where(np.isinf(tenths), UNREACHABLE, np.floor((tenths + 5) / 10)).astype(np.uint16)


@settings(max_examples=80, deadline=None)
@given(networks())
def test_times_are_those_of_networkx_with_turns_and_closures(drawn: tuple[Network, np.ndarray]) -> None:
    network, closed = drawn
    here = np.unique(np.r_[network.tail, network.head])
    stops = at_junctions(network, here)
    found = times(Hierarchy.of(network).timed(closed), stops, stops)
    expected = [[by_networkx(network, s, t, closed) for t in here.tolist()] for s in here.tolist()]
    assert found.tolist() == expected


@settings(max_examples=80, deadline=None)
@given(networks(), st.data())
def test_the_sweep_and_the_plain_search_agree_between_stops_on_roads(
    drawn: tuple[Network, np.ndarray], data: st.DataObject
) -> None:
    network, closed = drawn
    some = st.lists(
        st.tuples(st.integers(0, len(network.way) - 1), st.integers(0, 10)), min_size=1, max_size=20
    )
    road, along = np.array(data.draw(some)).T
    stops = Stops(road.astype(np.int32), along / 10, np.zeros(len(road)))
    found = times(Hierarchy.of(network).timed(closed), stops, stops)
    assert found.tolist() == times_by_search(network, stops, stops, closed=closed).tolist()


@settings(max_examples=60, deadline=None)
@given(networks(with_bans=False), st.data())
def test_a_stop_on_a_road_is_as_good_as_a_junction_there(
    drawn: tuple[Network, np.ndarray], data: st.DataObject
) -> None:
    network, _ = drawn
    road = data.draw(st.integers(0, len(network.way) - 1))
    tenth = data.draw(st.integers(1, 9))
    mid, mine = network.junctions, network.road == road
    share = np.where(network.is_onward[mine], tenth, 10 - tenth)
    time = network.time_ds[mine] / 100  # a tenth of the arc, in seconds
    split = from_arrays(
        np.r_[network.lon, 0],
        np.r_[network.lat, 0],
        np.r_[network.tail, network.tail[mine], np.full(mine.sum(), mid)],
        np.r_[network.head, np.full(mine.sum(), mid), network.head[mine]],
        np.r_[network.time_ds / 10, time * share, time * (10 - share)],
    )
    here = np.unique(np.r_[network.tail, network.head])
    stop = Stops(np.array([road], np.int32), np.array([tenth / 10]), np.zeros(1))
    metric, there = Hierarchy.of(network).timed(), at_junctions(network, here)
    expected = [by_networkx(split, mid, t) for t in here.tolist()]
    assert times(metric, stop, there)[0].tolist() == expected
    assert times(metric, there, stop)[:, 0].tolist() == [by_networkx(split, s, mid) for s in here.tolist()]


@pytest.mark.parametrize("name", EXTRACTS)
def test_times_on_real_roads_are_those_of_scipy(shared: Path, name: str) -> None:
    network = replace(read_osm(shared / "data/osm" / name), banned=np.empty((0, 2), np.int32))
    here = np.random.default_rng(1).choice(network.junctions, 200, replace=False)
    stops = at_junctions(network, here)
    assert (times(Hierarchy.of(network).timed(), stops, stops) == by_scipy(network, here)).all()


def test_real_roads_with_turns_and_a_zone_are_judged_by_the_plain_search(shared: Path) -> None:
    network = read_osm(shared / "data/osm/Helsinki.osm.pbf")
    ground = Ground.of(network)
    zone = shapely.Point(float(np.median(network.lon)), float(np.median(network.lat))).buffer(0.002)
    closed = ground.closed_by([zone])
    rng = np.random.default_rng(2)
    lon, lat = (rng.uniform(v.min(), v.max(), 100) for v in (network.lon, network.lat))
    stops = ground.snap(lon, lat)
    found = times(Hierarchy.of(network).timed(closed), stops, stops)
    assert (found == times_by_search(network, stops, stops, closed=closed)).all()
    assert closed.any() and (found < UNREACHABLE).any()


def test_the_answer_does_not_depend_on_threads() -> None:
    network = grid(14)
    metric, stops = Hierarchy.of(network).timed(), at_junctions(network, np.unique(network.tail))
    assert (times(metric, stops, stops, threads=1) == times(metric, stops, stops, threads=3)).all()


def test_a_way_of_more_than_eighteen_hours_counts_as_none() -> None:
    network = from_arrays([0, 1, 2], [0, 0, 0], [0, 1], [1, 2], [40_000, 25_535])
    stops = at_junctions(network, [0, 1, 2])
    assert times(Hierarchy.of(network).timed(), stops, stops)[0].tolist() == [0, 40_000, UNREACHABLE]


def test_nobody_asks_for_nothing_in_vain() -> None:
    network = grid(5)
    metric, stops = Hierarchy.of(network).timed(), at_junctions(network, [0, 1])
    assert times(metric, stops[:0], stops).shape == (0, 2)
    assert times(metric, stops, stops[:0]).shape == (2, 0)
