"""The city in memory: which district a point lies in, and which site a text names."""

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from shapely import Point, STRtree, from_geojson

from bihuan.kernel.geo import distance_m

NEAR_M = 1_500  # a point this near to a site is in the site's street
SHORTEST_NAME = 3  # a shorter name inside a longer text is more likely chance


@dataclass(frozen=True)
class Spot:
    """A site as far as finding goes."""

    id: int
    lon: float
    lat: float
    district_id: int
    street_id: int | None


@dataclass(frozen=True)
class Found:
    """What is known of a place: ids, and the position of the site where none was given."""

    district_id: int | None = None
    street_id: int | None = None
    site_id: int | None = None
    lon: float | None = None
    lat: float | None = None


def plain(text: str) -> str:
    """Return a text as it is compared: one width, one case, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Atlas:
    """Districts by outline and sites by name; made once, read often."""

    def __init__(self, outlines: Mapping[int, Any], sites: Iterable[tuple[Spot, tuple[str, ...]]]) -> None:
        self._district_ids = list(outlines)
        self._districts = STRtree([from_geojson(json.dumps(outline)) for outline in outlines.values()])
        self._named: dict[str, list[Spot]] = defaultdict(list)
        self._spots: list[Spot] = []
        for spot, names in sites:
            self._spots.append(spot)
            for name in {plain(name) for name in names if name}:
                self._named[name].append(spot)
        # A degree of longitude is shorter than one of latitude: without this the nearest would not be it.
        self._shrink = cos(radians(self._spots[0].lat)) if self._spots else 1.0
        self._points = STRtree([self._flat(spot.lon, spot.lat) for spot in self._spots])
        self._longest = max(map(len, self._named), default=0)

    def locate(self, lon: float | None, lat: float | None, text: str = "") -> Found:
        """Find district, street and site of a point, of a text, or of both."""
        here = None if lon is None or lat is None else (lon, lat)
        spot = self._site(text, here)
        if here is None:
            return _of_spot(spot)
        district = self._district(here) or (spot.district_id if spot else None)
        near = spot or self._nearest(here)
        street = near.street_id if near and near.district_id == district else None
        return Found(district, street, spot.id if spot else None, lon, lat)

    def _district(self, here: tuple[float, float]) -> int | None:
        hits = self._districts.query(Point(here), predicate="intersects")
        return self._district_ids[min(hits.tolist())] if len(hits) else None

    def _nearest(self, here: tuple[float, float]) -> Spot | None:
        if not self._spots:
            return None
        near = self._spots[int(self._points.nearest(self._flat(*here)))]
        return near if distance_m(here, (near.lon, near.lat)) <= NEAR_M else None

    def _flat(self, lon: float, lat: float) -> Point:
        return Point(lon * self._shrink, lat)

    def _site(self, text: str, here: tuple[float, float] | None) -> Spot | None:
        spots = self._named.get(plain(text)) or self._named_inside(plain(text))
        if here is not None:
            return min(spots, key=lambda spot: distance_m(here, (spot.lon, spot.lat)), default=None)
        # One name in two districts, and nothing to tell them apart: a person has to ask.
        return spots[0] if len(spots) == 1 else None

    def _named_inside(self, text: str) -> list[Spot]:
        """Return the sites with the longest name that stands somewhere in a text."""
        for length in range(min(self._longest, len(text)), SHORTEST_NAME - 1, -1):
            for start in range(len(text) - length + 1):
                if spots := self._named.get(text[start : start + length]):
                    return spots
        return []


def _of_spot(spot: Spot | None) -> Found:
    return Found(spot.district_id, spot.street_id, spot.id, spot.lon, spot.lat) if spot else Found()
