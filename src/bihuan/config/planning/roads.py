"""Seconds on roads between the places of two tables, from an OpenStreetMap extract and areas that are closed."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.core.management import CommandError

from bihuan.engines.matching import Needs, Offers
from bihuan.engines.travel import Ground, Hierarchy, Stops, read_osm, times

FAR_M = 1000.0  # a place farther from every road is told of: its position may be wrong


def road_seconds(roads: Path, closed: Path | None, offers: Offers, needs: Needs) -> npt.NDArray[np.uint16]:
    """Return ``(offers, needs)`` seconds by car; `travel.UNREACHABLE` where there is no way.

    Raises
    ------
    CommandError
        When a file can't be read, or holds no road or no area.
    """
    try:
        network = read_osm(roads)
        ground = Ground.of(network)
    except (OSError, RuntimeError, ValueError) as error:
        raise CommandError(f"{roads}: {error}") from error
    shut = ground.closed_by(_areas(closed)) if closed else None
    starts, ends = ground.snap(offers.lon, offers.lat), ground.snap(needs.lon, needs.lat)
    _tell_far("offers", starts)
    _tell_far("needs", ends)
    return times(Hierarchy.of(network).timed(shut), starts, ends)


def _areas(path: Path) -> Any:
    try:
        return shapely.get_parts(shapely.from_geojson(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, shapely.errors.GEOSException) as error:
        raise CommandError(f"{path}: {error}") from error


def _tell_far(what: str, stops: Stops) -> None:
    if far := int((stops.distance_m > FAR_M).sum()):
        print(f"{far} {what} lie more than {FAR_M:,.0f} m from every road; the nearest road counts")
