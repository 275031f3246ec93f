"""Turns that are forbidden, made part of the graph: a junction with such a turn is split by the arc one comes from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bihuan.engines.travel.network import Flags, Floats, Ints, Network


@dataclass(frozen=True)
class Graph:
    """What is searched. Place ``j`` below ``network.junctions`` is the junction ``j``, for who starts there.

    Further places are a split junction as reached by one of its arcs. Only junctions with a banned turn are
    split, so that the graph of a whole city grows by some per cent.

    Parameters
    ----------
    lon, lat
        ``(places,)`` degrees.
    tail, head, arc
        ``(links,)`` place left, place reached, and the arc of the network that is driven.
    into
        ``(arcs,)`` the place that each arc of the network reaches.
    """

    network: Network
    lon: Floats
    lat: Floats
    tail: Ints
    head: Ints
    arc: Ints
    into: Ints

    @classmethod
    def of(cls, network: Network) -> "Graph":
        """Split the junctions that have a banned turn."""
        into = _places_reached(network)
        pairs = _turns_left(network)
        tail = np.r_[network.tail, into[pairs[:, 0]]].astype(np.int32)
        arc = np.r_[np.arange(network.arcs), pairs[:, 1]].astype(np.int32)
        split = network.head[into >= network.junctions]
        return cls(
            network=network,
            lon=np.r_[network.lon, network.lon[split]],
            lat=np.r_[network.lat, network.lat[split]],
            tail=tail,
            head=into[arc],
            arc=arc,
            into=into,
        )

    @property
    def places(self) -> int:
        """How many places there are."""
        return len(self.lon)

    def time_ds(self, closed: Flags | None, never: int) -> Ints:
        """Return ``(links,)`` tenths of seconds; ``never`` on what is closed."""
        time = self.network.time_ds
        return (time if closed is None else np.where(closed, np.int32(never), time))[self.arc]


def _places_reached(network: Network) -> Ints:
    """Return for each arc the place it reaches: its junction, or its own copy of a junction with banned turns."""
    is_split = np.zeros(network.junctions, np.bool_)
    is_split[network.head[network.banned[:, 0]]] = True
    into = network.head.copy()
    mine = np.flatnonzero(is_split[network.head])
    into[mine] = network.junctions + np.arange(len(mine))
    return into


def _turns_left(network: Network) -> NDArray[np.int64]:
    """Return ``(turns, 2)``: the turns, arc after arc, that remain at the junctions with a banned one."""
    banned = {(int(a), int(b)) for a, b in network.banned}
    split = np.unique(network.head[network.banned[:, 0]])
    comes, goes = _by_junction(network.head, split), _by_junction(network.tail, split)
    turns = [
        (a, b)
        for junction in split.tolist()
        for a in comes[junction]
        for b in goes.get(junction, [])
        if (a, b) not in banned
    ]
    return np.array(turns, np.int64).reshape(-1, 2)


def _by_junction(ends: Ints, wanted: Ints) -> dict[int, list[int]]:
    """Return the arcs at each wanted junction."""
    found: dict[int, list[int]] = {}
    for arc in np.flatnonzero(np.isin(ends, wanted)).tolist():
        found.setdefault(int(ends[arc]), []).append(arc)
    return found
