"""Where things lie: from a position to the nearest road, and from an area to the arcs that it closes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from bihuan.engines.travel.network import Flags, Floats, Ints, Network

EARTH_RADIUS_M = 6_371_008.8


@dataclass(frozen=True)
class Stops:
    """Places on roads. ``along`` is the share of the road's length from the start of its shape.

    Parameters
    ----------
    road, along, distance_m
        ``(stops,)`` the nearest road, where on it, and how far the position lies from it, in metres.
    """

    road: Ints
    along: Floats
    distance_m: Floats

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.road)

    def __getitem__(self, which: Any) -> "Stops":
        """Return some of them, by slice, mask or indices."""
        return Stops(self.road[which], self.along[which], self.distance_m[which])


@dataclass(frozen=True)
class Ground:
    """A network's roads laid on a plane in metres, with an index over them. Made once for a network.

    Parameters
    ----------
    origin
        Longitude and latitude of the plane's origin; flat to about 0.1 % over a city of 100 km.
    roads
        Which roads can be snapped to, by number, in the order of the index.
    """

    network: Network
    origin: tuple[float, float]
    roads: NDArray[np.int64]
    tree: Any

    @classmethod
    def of(cls, network: Network, *, closed: Flags | None = None) -> "Ground":
        """Lay out a network; with ``closed`` (``(arcs,)``) only roads that have an open arc take part.

        Raises
        ------
        ValueError
            When there is no road to snap to.
        """
        is_open = np.ones(network.arcs, np.bool_) if closed is None else ~closed
        roads = np.unique(network.road[is_open]).astype(np.int64)
        if not len(roads):
            raise ValueError("there is no open road")
        origin = (float(np.mean(network.shape[:, 0])), float(np.mean(network.shape[:, 1])))
        points = _flat(origin, network.shape[:, 0], network.shape[:, 1])
        owner = np.repeat(np.arange(len(network.way)), np.diff(network.shape_at))
        lines = shapely.linestrings(points, indices=owner)
        return cls(network, origin, roads, shapely.STRtree(lines[roads]))

    def snap(self, lon: ArrayLike, lat: ArrayLike) -> Stops:
        """Return the nearest place on a road for each position, in WGS 84 degrees, with its distance."""
        points = shapely.points(_flat(self.origin, np.asarray(lon, np.float64), np.asarray(lat, np.float64)))
        (_, found), distance_m = self.tree.query_nearest(points, all_matches=False, return_distance=True)
        along = shapely.line_locate_point(self.tree.geometries[found], points, normalized=True)
        return Stops(self.roads[found].astype(np.int32), np.nan_to_num(along), distance_m)

    def closed_by(self, areas: Iterable[Any]) -> Flags:
        """Return which arcs touch any of the areas: shapely geometries in WGS 84 degrees."""
        flat = shapely.transform(
            np.asarray(list(areas), object), lambda p: _flat(self.origin, p[:, 0], p[:, 1])
        )
        _, found = self.tree.query(flat, predicate="intersects")
        touched: Flags = np.isin(self.network.road, self.roads[found])
        return touched


def at_junctions(network: Network, junctions: ArrayLike) -> Stops:
    """Return stops that stand on junctions: on the end of a road that is there.

    Raises
    ------
    ValueError
        When a junction has no road.
    """
    road = np.full(network.junctions, -1, np.int32)
    along = np.zeros(network.junctions)
    road[network.tail], along[network.tail] = network.road, np.where(network.is_onward, 0.0, 1.0)
    lonely = road[network.head] < 0
    heads = network.head[lonely]
    road[heads], along[heads] = network.road[lonely], np.where(network.is_onward[lonely], 1.0, 0.0)
    which = np.asarray(junctions, np.int64)
    if (road[which] < 0).any():
        raise ValueError(f"junction {which[road[which] < 0][0]} has no road")
    return Stops(road[which], along[which], np.zeros(len(which)))


def _flat(origin: tuple[float, float], lon: Floats, lat: Floats) -> Floats:
    """Return metres east and north of the origin (equirectangular)."""
    east = np.radians(lon - origin[0]) * np.cos(np.radians(origin[1])) * EARTH_RADIUS_M
    return np.stack([east, np.radians(lat - origin[1]) * EARTH_RADIUS_M], axis=-1)
