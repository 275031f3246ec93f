"""Where a search begins and ends for stops that lie on roads, between junctions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.travel.ground import Stops
from bihuan.engines.travel.network import Flags, Ints, Network
from bihuan.engines.travel.turns import Graph

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Ends:
    """For each stop the places next to it, each with the time between.

    Stop ``k`` has the entries from ``at[k]`` up to ``at[k + 1]`` of ``place`` and ``time_ds``.
    """

    at: Indices
    place: Ints
    time_ds: Ints

    @classmethod
    def gathered(cls, count: int, parts: list[tuple[Indices, Indices, Indices]]) -> "Ends":
        """Put together (stop, place, time) triples of ``count`` stops."""
        stop, place, time_ds = (np.concatenate([part[k] for part in parts]) for k in range(3))
        order = np.argsort(stop, kind="stable")
        at = np.searchsorted(stop[order], np.arange(count + 1))
        return cls(at.astype(np.int64), place[order].astype(np.int32), time_ds[order].astype(np.int32))


def leaving(graph: Graph, stops: Stops, closed: Flags | None) -> Ends:
    """Return where one comes to from each stop: the end of its road, one way or both, or the junction it stands on."""
    parts = []
    for arc, share in _ways_on(graph.network, stops, closed):
        mine = np.flatnonzero((arc >= 0) & (share < 1))
        driven = arc[mine]
        parts.append(
            (mine, graph.into[driven].astype(np.int64), _part(graph.network, driven, 1 - share[mine]))
        )
    stop, junction = _on_junctions(graph.network, stops)
    parts.append((stop, junction, np.zeros(len(stop), np.int64)))
    return Ends.gathered(len(stops), parts)


def arriving(graph: Graph, stops: Stops, closed: Flags | None) -> Ends:
    """Return from where each stop is reached: every place from which its road may be driven."""
    parts = []
    for arc, share in _ways_on(graph.network, stops, closed):
        mine = np.flatnonzero((arc >= 0) & (share > 0))
        which, link = _members(graph.arc, graph.network.arcs, arc[mine])
        time = _part(graph.network, arc[mine], share[mine])
        parts.append((mine[which], graph.tail[link].astype(np.int64), time[which]))
    stop, junction = _on_junctions(graph.network, stops)
    parts.append((stop, junction, np.zeros(len(stop), np.int64)))
    split = np.flatnonzero(graph.into >= graph.network.junctions)
    which, copy = _members(graph.network.head[split], graph.network.junctions, junction)
    parts.append((stop[which], graph.into[split[copy]].astype(np.int64), np.zeros(len(which), np.int64)))
    return Ends.gathered(len(stops), parts)


def along_one_road(
    network: Network, sources: Stops, targets: Stops, closed: Flags | None
) -> tuple[Indices, Indices, Indices]:
    """Return (source, target, tenths of seconds) for pairs with the target further along the source's own road."""
    source, target = _members(targets.road, len(network.way), sources.road)
    found = []
    both = zip(
        _ways_on(network, sources[source], closed), _ways_on(network, targets[target], closed), strict=True
    )
    for (arc, begin), (_, end) in both:
        mine = np.flatnonzero((arc >= 0) & (begin <= end))
        found.append((source[mine], target[mine], _part(network, arc[mine], (end - begin)[mine])))
    whole = [np.concatenate([part[k] for part in found]) for k in range(3)]
    return whole[0], whole[1], whole[2]


def _ways_on(network: Network, stops: Stops, closed: Flags | None) -> list[tuple[Ints, NDArray[np.float64]]]:
    """Return, for either direction, the arc under each stop (-1: none that is open) and the share of it behind."""
    found = []
    for onward in (True, False):
        arc = network.arc_on(onward=onward)[stops.road]
        if closed is not None:
            arc = np.where((arc >= 0) & closed[arc], -1, arc)
        found.append((arc, stops.along if onward else 1 - stops.along))
    return found


def _on_junctions(network: Network, stops: Stops) -> tuple[Indices, Indices]:
    """Return the stops that stand on an end of their road, and the junction there."""
    onward, back = network.arc_on(onward=True), network.arc_on(onward=False)
    begin = np.where(onward >= 0, network.tail[onward], network.head[back])
    end = np.where(onward >= 0, network.head[onward], network.tail[back])
    mine = np.flatnonzero((stops.along <= 0) | (stops.along >= 1))
    road = stops.road[mine]
    return mine, np.where(stops.along[mine] <= 0, begin[road], end[road]).astype(np.int64)


def _part(network: Network, arc: Ints, share: NDArray[np.float64]) -> Indices:
    return np.rint(network.time_ds[arc] * share).astype(np.int64)


def _members(group: Ints, groups: int, wanted: NDArray[np.int32] | Indices) -> tuple[Indices, Indices]:
    """Return (position in ``wanted``, member) for every member of each wanted group."""
    order = np.argsort(group, kind="stable")
    at = np.searchsorted(group[order], np.arange(groups + 1))
    size = (at[1:] - at[:-1])[wanted]
    which = np.repeat(np.arange(len(wanted)), size)
    within = np.arange(len(which)) - np.repeat(np.cumsum(size) - size, size)
    return which, order[at[wanted][which] + within]
