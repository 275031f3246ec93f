"""Travel times on roads: a network, what is closed on it, and the seconds from many places to many.

network = read_osm("city.osm.pbf")
ground, hierarchy = Ground.of(network), Hierarchy.of(network)    # once
closed = ground.closed_by([zone])                                # whenever a zone is drawn
stops = ground.snap(lon, lat)                                    # how far from a road: stops.distance_m
seconds = times(hierarchy.timed(closed), stops, stops)           # UNREACHABLE where there is no way
"""

from bihuan.engines.travel.datum import gcj02_to_wgs84, wgs84_to_gcj02
from bihuan.engines.travel.ground import Ground, Stops, at_junctions
from bihuan.engines.travel.hierarchy import Hierarchy, Metric
from bihuan.engines.travel.matrix import UNREACHABLE, times, times_by_search
from bihuan.engines.travel.network import BadNetwork, Network, from_arrays
from bihuan.engines.travel.osm import read_osm
from bihuan.engines.travel.profile import CAR, Profile

__all__ = [
    "CAR",
    "UNREACHABLE",
    "BadNetwork",
    "Ground",
    "Hierarchy",
    "Metric",
    "Network",
    "Profile",
    "Stops",
    "at_junctions",
    "from_arrays",
    "gcj02_to_wgs84",
    "read_osm",
    "times",
    "times_by_search",
    "wgs84_to_gcj02",
]
