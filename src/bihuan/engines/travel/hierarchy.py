"""The order of a network, made once, and the times on it, made anew in a moment whenever roads close or open."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.compiled import compiled
from bihuan.engines.travel.dijkstra import NEVER
from bihuan.engines.travel.dissection import dissect
from bihuan.engines.travel.network import Flags, Ints, Network
from bihuan.engines.travel.turns import Graph

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Hierarchy:
    """A graph with shortcuts that are right whatever the roads' times are.

    Places are numbered by ``rank``, the least important first. Edges go up: from a place to the places above it
    with which it shares a road or a shortcut.

    Parameters
    ----------
    rank
        ``(places,)`` the number of each of the graph's places here.
    first, above
        Edges by rows: place ``v`` has the edges ``first[v]`` up to ``first[v + 1]``, sorted by ``above``.
    edge, is_up
        ``(links,)`` the edge on which each link of the graph lies, and whether it goes up.

    Notes
    -----
    Dibbelt, Strasser, Wagner (2016), "Customizable contraction hierarchies", ACM J. Exp. Algorithmics 21.
    """

    graph: Graph
    rank: Ints
    first: Indices
    above: Ints
    edge: Indices
    is_up: Flags

    @classmethod
    def of(cls, network: Network) -> "Hierarchy":
        """Order a network's places and find all shortcuts; seconds for a city of 200,000 junctions."""
        graph = Graph.of(network)
        first, head, _ = by_rows(graph.places, np.r_[graph.tail, graph.head], np.r_[graph.head, graph.tail])
        order = dissect(graph.lon, graph.lat, first, head)
        rank = np.empty(graph.places, np.int32)
        rank[order] = np.arange(graph.places, dtype=np.int32)
        low, high = _ends(rank, graph)
        base, above, _ = by_rows(graph.places, low, high)
        up_first, up = _fill(base, above)
        return cls(
            graph, rank, up_first, up, _find(up_first, up, low, high), rank[graph.tail] < rank[graph.head]
        )

    def timed(self, closed: Flags | None = None) -> "Metric":
        """Return the times of all edges with some arcs closed (``(arcs,)``): no rebuild, only this pass.

        Notes
        -----
        Each shortcut takes the best of the triangles below it. O(triangles).
        """
        time = self.graph.time_ds(closed, NEVER)
        up, down = np.full(len(self.above), NEVER, np.int32), np.full(len(self.above), NEVER, np.int32)
        is_real = self.edge >= 0
        for times, mine in ((up, is_real & self.is_up), (down, is_real & ~self.is_up)):
            np.minimum.at(times, self.edge[mine], time[mine])
        below_first, below, below_edge = by_rows(len(self.rank), self.above, self._lower())
        _close_triangles(self.first, self.above, below_first, below, below_edge, up, down)
        return Metric(self, up, down, closed)

    def _lower(self) -> Ints:
        return np.repeat(np.arange(len(self.rank), dtype=np.int32), np.diff(self.first))


@dataclass(frozen=True)
class Metric:
    """Times on a hierarchy: ``up[e]`` and ``down[e]`` tenths of seconds along edge ``e``, either way."""

    hierarchy: Hierarchy
    up: Ints
    down: Ints
    closed: Flags | None


def by_rows(rows: int, row: Ints, column: Ints) -> tuple[Indices, Ints, Indices]:
    """Return (first, column, original index) of entries sorted by row, then column."""
    order = np.lexsort((column, row))
    first = np.searchsorted(row[order], np.arange(rows + 1)).astype(np.int64)
    return first, column[order], order


def _ends(rank: Ints, graph: Graph) -> tuple[Ints, Ints]:
    tail, head = rank[graph.tail], rank[graph.head]
    return np.minimum(tail, head), np.maximum(tail, head)


def _find(first: Indices, above: Ints, low: Ints, high: Ints) -> Indices:
    """Return the edge of each link; -1 for a loop, which no shortest way uses."""
    places = len(first) - 1
    owner = np.repeat(np.arange(places, dtype=np.int64), np.diff(first))
    found = np.searchsorted(owner * places + above, low.astype(np.int64) * places + high)
    return np.where(low == high, -1, found)


@compiled
def _fill(first: Indices, above: Ints) -> tuple[Indices, Ints]:
    """Return the edges with all shortcuts: what a place has above it, its lowest neighbour above must have too."""
    places = len(first) - 1
    child, sibling = np.full(places, -1, np.int32), np.full(places, -1, np.int32)
    mark = np.full(places, -1, np.int32)
    up_first, up, used = np.zeros(places + 1, np.int64), np.empty(4 * len(above) + 16, np.int32), 0
    for v in range(places):
        if used + places > len(up):
            up = np.concatenate((up, np.empty(len(up) + places, np.int32)))
        mark[v] = v
        for i in range(first[v], first[v + 1]):
            if mark[above[i]] != v:
                mark[above[i]] = v
                up[used] = above[i]
                used += 1
        c = child[v]
        while c >= 0:
            for i in range(up_first[c], up_first[c + 1]):
                if mark[up[i]] != v:
                    mark[up[i]] = v
                    up[used] = up[i]
                    used += 1
            c = sibling[c]
        up_first[v + 1] = used
        up[up_first[v] : used] = np.sort(up[up_first[v] : used])
        if used > up_first[v]:
            parent = up[up_first[v]]
            sibling[v], child[parent] = child[parent], v
    return up_first, up[:used].copy()


@compiled
def _close_triangles(
    first: Indices, above: Ints, below_first: Indices, below: Ints, below_edge: Indices, up: Ints, down: Ints
) -> None:
    """Let every edge be no slower than the way round by a place below both its ends."""
    edge_to = np.zeros(len(first) - 1, np.int64)
    for x in range(len(first) - 1):
        for e in range(first[x], first[x + 1]):
            edge_to[above[e]] = e
        for i in range(below_first[x], below_first[x + 1]):
            side = below_edge[i]
            to_x, from_x = up[side], down[side]
            for other in range(side + 1, first[below[i] + 1]):
                e = edge_to[above[other]]
                up[e] = min(up[e], from_x + up[other])
                down[e] = min(down[e], down[other] + to_x)
