"""Travel times from many places to many: whole seconds in 16 bits, on two threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.travel import dijkstra
from bihuan.engines.travel.ends import Ends, along_one_road, arriving, leaving
from bihuan.engines.travel.ground import Stops
from bihuan.engines.travel.hierarchy import Metric, by_rows
from bihuan.engines.travel.network import TENTHS, Flags, Ints, Network
from bihuan.engines.travel.sweep import LANES, Funnel, sweep
from bihuan.engines.travel.turns import Graph

Seconds = NDArray[np.uint16]

UNREACHABLE = 65_535  # no way, or one of more than eighteen hours
CHUNK = 8 * LANES  # sources whose times are held in full width at once


def times(metric: Metric, sources: Stops, targets: Stops, *, threads: int = 2) -> Seconds:
    """Return ``(sources, targets)`` seconds by the quickest way; `UNREACHABLE` where there is none.

    Parameters
    ----------
    metric
        The network with its closures: ``Hierarchy.of(network).timed(closed)``.
    threads
        How many share the work. The answer does not depend on it.

    Notes
    -----
    Exact to the tenth of a second before rounding; stops on a closed road are unreachable.
    """
    graph = metric.hierarchy.graph
    begin, end = leaving(graph, sources, metric.closed), arriving(graph, targets, metric.closed)
    funnel = Funnel.over(metric, metric.hierarchy.rank[end.place])
    out = np.empty((len(sources), len(targets)), np.uint16)
    near = along_one_road(graph.network, sources, targets, metric.closed)

    def fill(rows: NDArray[np.int64]) -> None:
        tenths = np.empty((len(rows), len(targets)), np.int32)
        sweep(metric, funnel, _some(begin, rows), end, np.arange(len(rows)), tenths)
        _better(tenths, rows, near)
        out[rows] = _seconds(tenths)

    chunks = _neighbourly(begin, metric, threads)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(fill, chunks))
    return out


def times_by_search(
    network: Network, sources: Stops, targets: Stops, *, closed: Flags | None = None
) -> Seconds:
    """Return the same as `times` by plain searches: nothing is prepared, so it is quicker for a few sources.

    It shares no step with the hierarchy, and so serves as its judge.
    """
    graph = Graph.of(network)
    first, head, link = by_rows(graph.places, graph.tail, graph.head)
    begin, end = leaving(graph, sources, closed), arriving(graph, targets, closed)
    wanted, column = np.unique(end.place, return_inverse=True)
    to_places = np.empty((len(sources), len(wanted)), np.int32)
    time = graph.time_ds(closed, dijkstra.NEVER)[link]
    dijkstra.search(first, head, time, begin.at, begin.place, begin.time_ds, wanted, to_places)
    tenths = np.full((len(sources), len(targets)), dijkstra.NEVER, np.int32)
    target = np.repeat(np.arange(len(targets)), np.diff(end.at))
    for e in range(len(target)):
        by_this_end = to_places[:, column[e]] + end.time_ds[e]
        tenths[:, target[e]] = np.minimum(tenths[:, target[e]], by_this_end)
    _better(tenths, np.arange(len(sources)), along_one_road(network, sources, targets, closed))
    return _seconds(tenths)


def _neighbourly(begin: Ends, metric: Metric, threads: int) -> list[NDArray[np.int64]]:
    """Return the sources in chunks of neighbours, which share most of their way up; one for each thread at least."""
    place = metric.hierarchy.rank[begin.place]
    has_any = np.diff(begin.at) > 0
    lowest = np.full(len(has_any), -1, np.int64)
    lowest[has_any] = place[begin.at[:-1][has_any]]
    order = np.argsort(lowest, kind="stable")
    batches = -(-len(order) // (LANES * threads))
    size = min(CHUNK, max(1, batches) * LANES)
    return [order[k : k + size] for k in range(0, len(order), size)]


def _some(ends: Ends, rows: NDArray[np.int64]) -> Ends:
    """Return the ends of some stops, in the order asked for."""
    size = np.diff(ends.at)[rows]
    at = np.r_[0, np.cumsum(size)]
    entry = np.repeat(ends.at[rows] - at[:-1], size) + np.arange(at[-1])
    return Ends(at, ends.place[entry], ends.time_ds[entry])


def _better(
    tenths: Ints,
    rows: NDArray[np.int64],
    near: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """Let pairs on one road take the direct way, where that is quicker."""
    source, target, direct = near
    line = {int(row): k for k, row in enumerate(rows)}
    mine = np.flatnonzero(np.isin(source, rows))
    lines = np.array([line[int(s)] for s in source[mine]], np.int64)
    np.minimum.at(tenths, (lines, target[mine]), direct[mine].astype(np.int32))


def _seconds(tenths: Ints) -> Seconds:
    whole = (tenths + TENTHS // 2) // TENTHS
    return np.where(whole >= UNREACHABLE, UNREACHABLE, whole).astype(np.uint16)
