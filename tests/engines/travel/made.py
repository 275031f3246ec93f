"""Networks for tests, and what other programs say of them."""

from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st

from bihuan.engines.travel import UNREACHABLE, Network, from_arrays

LON, LAT = 113.13, 27.83


def crossroads(**more: Any) -> Network:
    """Five junctions: 1 north, 2 east, 3 south, 4 west of 0, each both ways from it: arcs 0-3 out, 4-7 in, 10 s."""
    step = 0.001
    return from_arrays(
        [LON, LON, LON + step, LON, LON - step],
        [LAT, LAT + step, LAT, LAT - step, LAT],
        [0, 0, 0, 0, 1, 2, 3, 4],
        [1, 2, 3, 4, 0, 0, 0, 0],
        [10.0] * 8,
        **more,
    )


def grid(side: int, seed: int = 1) -> Network:
    """Return a square of streets, a quarter of them missing, each both ways."""
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    at = np.arange(side * side).reshape(side, side)
    pairs = np.concatenate(
        [np.stack([at[:, :-1].ravel(), at[:, 1:].ravel()], 1), np.stack([at[:-1].ravel(), at[1:].ravel()], 1)]
    )
    pairs = pairs[rng.random(len(pairs)) < 0.75]
    seconds = rng.uniform(5, 25, len(pairs))
    return from_arrays(
        LON + 0.001 * (x.ravel() + rng.uniform(-0.2, 0.2, side * side)),
        LAT + 0.001 * (y.ravel() + rng.uniform(-0.2, 0.2, side * side)),
        np.r_[pairs[:, 0], pairs[:, 1]],
        np.r_[pairs[:, 1], pairs[:, 0]],
        np.r_[seconds, seconds],
    )


@st.composite
def networks(draw: Any, *, with_bans: bool = True) -> tuple[Network, np.ndarray]:
    """Draw a small network of any shape, with banned turns, and which of its arcs are closed."""
    size = draw(st.integers(2, 8))
    junction = st.integers(0, size - 1)
    arcs = draw(st.lists(st.tuples(junction, junction, st.integers(1, 40)), min_size=1, max_size=20))
    tail, head, tens = np.array(arcs).T
    turns = [(a, b) for a in range(len(arcs)) for b in range(len(arcs)) if head[a] == tail[b]]
    banned = draw(st.lists(st.sampled_from(turns), max_size=6, unique=True)) if turns and with_bans else []
    closed = np.array(draw(st.lists(st.booleans(), min_size=len(arcs), max_size=len(arcs))))
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    lon, lat = LON + rng.random(size) / 100, LAT + rng.random(size) / 100
    # Times in whole tens of seconds, so that tenths of an arc are whole seconds.
    return from_arrays(lon, lat, tail, head, tens * 10.0, banned=banned), closed


def by_networkx(network: Network, source: int, target: int, closed: np.ndarray | None = None) -> int:
    """Return the seconds from junction to junction over a graph of arcs, in which a turn is a link."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["begin", "end"])
    is_open = np.ones(network.arcs, bool) if closed is None else ~closed
    banned = {(int(a), int(b)) for a, b in network.banned}
    for b in np.flatnonzero(is_open).tolist():
        time = int(network.time_ds[b])
        before = np.flatnonzero(is_open & (network.head == network.tail[b])).tolist()
        graph.add_weighted_edges_from((a, b, time) for a in before if (a, b) not in banned)
        if network.tail[b] == source:
            graph.add_edge("begin", b, weight=time)
        if network.head[b] == target:
            graph.add_edge(b, "end", weight=0)
    if source == target:
        return 0
    try:
        return (nx.shortest_path_length(graph, "begin", "end", weight="weight") + 5) // 10
    except nx.NetworkXNoPath:
        return UNREACHABLE
