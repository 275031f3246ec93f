"""What is drawn under a map, as GeoJSON from our own tables: no tile comes from outside."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.core.cache import cache

from bihuan.spine.places.models import District, Feature, Site

FRESH_S = 600
"""How long a layer is kept before the tables are read again, in seconds."""
DECIMALS = 5  # about a metre

Row = dict[str, Any]


def layer(name: str) -> tuple[bytes, str] | None:
    """Return a layer's GeoJSON and its ETag, or None when there is no such layer."""
    if name not in _LAYERS:
        return None
    found: tuple[bytes, str] | None = cache.get(f"layer-{name}")
    if found is None:
        body = _collection(_LAYERS[name]())
        found = body, f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        cache.set(f"layer-{name}", found, FRESH_S)
    return found


def _collection(features: list[Row]) -> bytes:
    whole = {"type": "FeatureCollection", "features": features}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _feature(geometry: Row, **properties: Any) -> Row:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def _districts() -> list[Row]:
    rows = District.objects.filter(outline__isnull=False)
    return [
        _feature(row.outline or {}, code=row.code, level=row.level, zh=row.name_zh, en=row.name_en)
        for row in rows
    ]


def _features() -> list[Row]:
    rows = Feature.objects.order_by("id")
    return [_feature(row.geometry, kind=row.kind, zh=row.name_zh, en=row.name_en) for row in rows]


def _sites() -> list[Row]:
    rows = Site.objects.order_by("id")
    return [_feature(_point(row), kind=row.kind, zh=row.name_zh, en=row.name_en) for row in rows]


def _point(site: Site) -> Row:
    return {"type": "Point", "coordinates": [round(site.lon, DECIMALS), round(site.lat, DECIMALS)]}


_LAYERS: dict[str, Callable[[], list[Row]]] = {
    "districts": _districts,
    "features": _features,
    "sites": _sites,
}
