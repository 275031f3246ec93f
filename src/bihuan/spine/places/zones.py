"""In which zone a place lies: by its site, or by its position within an outline. The strictest zone counts."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from shapely import Point, from_geojson, intersects, prepare

from bihuan.spine.places.models import Zone, ZoneState

STRICTEST_FIRST = (ZoneState.SEALED, ZoneState.CONTROLLED, ZoneState.WATCHED, ZoneState.NORMAL)


@dataclass(frozen=True)
class Span:
    """One state of one zone, from when until when."""

    rank: int
    from_at: datetime
    until_at: datetime | None
    outline: Any

    def is_at(self, at: datetime) -> bool:
        return self.from_at <= at and (self.until_at is None or at < self.until_at)

    def holds(self, lon: float | None, lat: float | None) -> bool:
        if self.outline is None or lon is None or lat is None:
            return False
        return bool(intersects(self.outline, Point(lon, lat)))


class ZoneMap:
    """The zones of a stretch of time, ready to be asked often."""

    def __init__(self, zones: Iterable[Zone]) -> None:
        self._drawn: list[Span] = []
        self._of_site: dict[int, list[Span]] = defaultdict(list)
        for zone in zones:
            span = _span(zone)
            if span.outline is not None:
                self._drawn.append(span)
            for site in zone.sites.all():
                self._of_site[site.pk].append(span)

    def state_at(self, lon: float | None, lat: float | None, site_id: int | None, at: datetime) -> str:
        """Return the strictest state of the zones that a place lay in; outside all of them it is normal."""
        named = self._of_site.get(site_id, []) if site_id else []
        spans = [*named, *(span for span in self._drawn if span.holds(lon, lat))]
        ranks = [span.rank for span in spans if span.is_at(at)]
        return STRICTEST_FIRST[min(ranks, default=-1)]


def zones_since(since: datetime) -> ZoneMap:
    """Return the zones that were in force at any time since an instant. A batch asks once."""
    found = Zone.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=since))
    return ZoneMap(found.prefetch_related("sites"))


def _span(zone: Zone) -> Span:
    outline = from_geojson(json.dumps(zone.outline)) if zone.outline else None
    if outline is not None:
        prepare(outline)
    return Span(STRICTEST_FIRST.index(ZoneState(zone.state)), zone.from_at, zone.until_at, outline)
