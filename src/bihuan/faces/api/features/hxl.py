"""Features as CSV with a row of HXL hashtags (Humanitarian Exchange Language 1.1) below the headings."""

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from bihuan.faces.api.features.collections import Feature

TAGS: dict[str, dict[str, str]] = {
    "sites": {
        "id": "#loc+id", "code": "#loc+code", "name": "#loc+name", "kind": "#loc+type", "district": "#adm2+code",
        "district_name": "#adm2+name",
    },
    "zones": {
        "id": "#access+id", "code": "#access+code", "name": "#access+name", "state": "#access+status",
        "from_at": "#date+start", "until_at": "#date+end",
    },
    "cases": {
        "id": "#activity+id", "status": "#status+code", "status_words": "#status+name", "service": "#sector+code",
        "service_name": "#sector+name", "agency": "#org+code", "priority": "#severity", "place": "#adm2+name",
        "opened_at": "#date+start", "resolve_by": "#date+due", "ended_at": "#date+end",
    },
}  # fmt: skip
PLACE = {"lat": "#geo+lat", "lon": "#geo+lon"}
# What a spreadsheet would take for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """Hands each line straight on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def lines(name: str, found: Iterable[Feature]) -> Iterator[str]:
    """Yield a file line by line: headings, hashtags, rows."""
    tags, writer = TAGS[name] | PLACE, csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(tags)
    yield writer.writerow(tags.values())
    for feature in found:
        cells = {"id": feature["id"], **feature["properties"], **_place(feature["geometry"])}
        yield writer.writerow([_plain(cells.get(column)) for column in tags])


def _place(geometry: dict[str, Any] | None) -> dict[str, float]:
    if geometry is None or geometry["type"] != "Point":
        return {}
    lon, lat = geometry["coordinates"]
    return {"lat": lat, "lon": lon}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str) and value.lstrip().startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value
