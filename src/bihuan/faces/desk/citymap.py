"""What the city map shows, bounded at any size: from afar counts by district, nearer by cell, then single Cases."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import h3
from django.db.models import QuerySet
from django.utils.translation import gettext

from bihuan.faces.desk import wording
from bihuan.kernel import clock
from bihuan.kernel.geo import CELL_RESOLUTION, is_position
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.places.models import District, DistrictLevel

CELLS_FROM_ZOOM, CASES_FROM_ZOOM = 9.5, 12.5
MOST_CASES = 250
MOST_CELLS = 900
"""About 95 square kilometres; a wider view gets the counts."""

SHOWN = ("status", "due_at", "lon", "lat", "service__name_zh", "service__name_en")
Row = dict[str, Any]
SHAPES = {
    Status.TRIAGE: "waiting",
    Status.WAITING: "waiting",
    Status.RETURNED: "waiting",
    Status.ACCEPTED: "hand",
    Status.WORKING: "hand",
    Status.REOPENED: "hand",
    Status.HOLD: "hold",
    Status.SHELVED: "hold",
    Status.RESOLVED: "done",
}


@dataclass(frozen=True)
class Box:
    """A view in degrees."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> "Box | None":
        """Read ``west,south,east,north``; None when it is none."""
        try:
            west, south, east, north = map(float, text.split(","))
        except ValueError:
            return None
        fits = is_position(west, south) and is_position(east, north) and west < east and south < north
        return cls(west, south, east, north) if fits else None

    def cells(self) -> list[str]:
        """Return the cells that touch the view; nothing when they are too many."""
        # A count by area first: naming the cells of half a country would take a minute.
        if (self.east - self.west) * (self.north - self.south) > 0.02:
            return []
        corners = [
            (self.south, self.west),
            (self.south, self.east),
            (self.north, self.east),
            (self.north, self.west),
        ]
        found = h3.polygon_to_cells_experimental(h3.LatLngPoly(corners), CELL_RESOLUTION, contain="overlap")
        return list(found) if len(found) <= MOST_CELLS else []

    def holds(self, lon: float | None, lat: float | None) -> bool:
        """Say whether a position lies in the view."""
        if lon is None or lat is None:
            return False
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True)
class Look:
    """What somebody looks at: where, from how far, and at which Cases."""

    box: Box | None
    zoom: float
    status: str = ""
    late: bool = False

    @classmethod
    def parse(cls, said: Mapping[str, str]) -> "Look":
        """Read a query string; what is spoilt counts as not said."""
        try:
            zoom = float(said.get("zoom", "0"))
        except ValueError:
            zoom = 0.0
        return cls(Box.parse(said.get("bbox", "")), zoom, said.get("status", ""), said.get("late") == "1")


@dataclass(frozen=True)
class View:
    """What is in sight: single Cases, or else counts by district and, nearer, by cell."""

    cases: list[Case]
    counts: list[Row]
    cells: list[Row] = field(default_factory=list)
    has_more: bool = False


def in_view(user: User, look: Look) -> View:
    """Return what the map shows of a view."""
    near = look.box.cells() if look.box and look.zoom >= CASES_FROM_ZOOM else []
    if look.box and near:
        return _single(user, look.box, near, look)
    cells = _cells(look.box) if look.box and look.zoom >= CELLS_FROM_ZOOM else []
    return View([], counts(), cells)


def _single(user: User, box: Box, cells: list[str], look: Look) -> View:
    found = _narrowed(queries.visible_cases(user).filter(cell__in=cells, is_open=True), look)
    rows = list(found.select_related("service").only(*SHOWN)[: MOST_CASES + 1])
    inside = [case for case in rows[:MOST_CASES] if box.holds(case.lon, case.lat)]
    return View(inside, [], has_more=len(rows) > MOST_CASES)


def _narrowed(found: QuerySet[Case], look: Look) -> QuerySet[Case]:
    if look.status in Status.values:
        found = found.filter(status=look.status)
    return found.filter(due_at__lt=clock.now()) if look.late else found


def _cells(box: Box) -> list[Row]:
    rows = queries.count_map().get("cells", [])
    return [{**row, "name": ""} for row in rows if box.holds(row["lon"], row["lat"])]


def counts() -> list[Row]:
    """Return the open and late Cases of each district, as the worker counted them."""
    by_district = {row["code"]: row for row in queries.count_board().get("by_district", [])}
    districts = District.objects.filter(level=DistrictLevel.COUNTY, lon__isnull=False).defer("outline")
    return [_count(district, by_district.get(district.code, {})) for district in districts]


def _count(district: District, row: Mapping[str, Any]) -> Row:
    return {
        "name": district.name,
        "lon": district.lon,
        "lat": district.lat,
        "open": row.get("open", 0),
        "late": row.get("late", 0),
    }


def geojson(view: View) -> dict[str, Any]:
    """Turn a view into points for the map."""
    features = _case_points(view.cases) + [_count_point(row) for row in view.cells or view.counts]
    return {"type": "FeatureCollection", "features": features}


def _point(lon: float | None, lat: float | None, properties: Mapping[str, Any]) -> dict[str, Any]:
    geometry = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": dict(properties)}


def _case_points(cases: Iterable[Case]) -> list[Row]:
    """Turn Cases into points; words that are the same for all are looked up once."""
    now, title = clock.now(), gettext("No. %(id)d")
    labels = {status.value: str(status.label) for status in Status}
    names: dict[int | None, str] = {None: ""}
    points = []
    for case in cases:
        if case.service_id not in names:
            names[case.service_id] = str(case.service)
        words = {
            "id": case.pk,
            "shape": shape(case, now),
            "title": f"{title % {'id': case.pk}} {names[case.service_id]}",
            "status": labels[case.status],
            "due": wording.due(case.due_at, now).words,
        }
        points.append(_point(case.lon, case.lat, words))
    return points


def shape(case: Case, now: datetime) -> str:
    """Return the mark of a Case: late before anything else."""
    if case.due_at and case.due_at < now:
        return "late"
    return SHAPES.get(Status(case.status), "done")


def _count_point(row: Mapping[str, Any]) -> dict[str, Any]:
    words = {"count": row["open"], "late": row["late"], "name": row["name"]}
    return _point(row["lon"], row["lat"], words)


def marks(cases: Iterable[Case]) -> list[tuple[Case, str]]:
    """Pair Cases with their marks, for the list beside the map."""
    now = clock.now()
    return [(case, shape(case, now)) for case in cases]
