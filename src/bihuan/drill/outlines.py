"""A schematic map: straight-edged outlines, three rivers and the main roads, drawn by us.

Nothing here states where a boundary runs. Each district is the part of a hand-drawn hull that lies
nearest to its centre, so the outlines tile the hull and overlap nowhere.
"""

import math
from dataclasses import dataclass
from typing import Any

from shapely import LineString, MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry import mapping

from bihuan.drill.divisions import DIVISIONS

Position = tuple[float, float]

HULL = Polygon([
    (113.00, 27.92), (113.10, 28.03), (113.26, 28.02), (113.42, 27.97), (113.66, 27.93), (113.79, 27.72),
    (113.75, 27.45), (113.87, 27.22), (113.89, 26.95), (114.03, 26.70), (114.11, 26.42), (114.03, 26.15),
    (113.85, 26.04), (113.67, 26.12), (113.57, 26.42), (113.36, 26.58), (113.30, 26.82), (113.15, 27.02),
    (112.99, 27.27), (112.96, 27.50), (112.98, 27.72),
])  # fmt: skip

RIVERS: tuple[tuple[str, str, tuple[Position, ...]], ...] = (
    ("湘江", "Xiang River", (
        (113.03, 27.22), (113.06, 27.36), (113.12, 27.46), (113.13, 27.55), (113.09, 27.63), (113.13, 27.72),
        (113.16, 27.80), (113.14, 27.86), (113.06, 27.87), (113.01, 27.90))),
    ("渌水", "Lu River", ((113.76, 27.70), (113.60, 27.64), (113.48, 27.65), (113.33, 27.60), (113.12, 27.46))),
    ("洣水", "Mi River", (
        (113.92, 26.34), (113.80, 26.48), (113.74, 26.66), (113.62, 26.80), (113.52, 26.94), (113.40, 27.06),
        (113.22, 27.10), (113.12, 27.13))),
)  # fmt: skip


@dataclass(frozen=True)
class Outline:
    """A district's schematic shape."""

    shape: Polygon

    def geometry(self) -> dict[str, Any]:
        """Return it as GeoJSON with four decimals (some ten metres; it is a sketch)."""
        ring = [[round(x, 4), round(y, 4)] for x, y in self.shape.exterior.coords]
        return {"type": "Polygon", "coordinates": [ring]}

    def holds(self, place: Position) -> bool:
        """Say whether a position lies inside."""
        return bool(self.shape.contains(Point(place)))

    def reach(self, centre: Position, angle: float, fraction: float) -> Position:
        """Go from ``centre`` towards the edge at ``angle`` (radians) and stop after ``fraction`` of the way."""
        far = (centre[0] + 3 * math.cos(angle), centre[1] + 3 * math.sin(angle))
        edge = Point(centre).distance(LineString([centre, far]).intersection(self.shape.boundary))
        step = edge * fraction
        return round(centre[0] + step * math.cos(angle), 6), round(centre[1] + step * math.sin(angle), 6)


def draw_outlines() -> dict[str, Outline]:
    """Return the outline of each district by its code."""
    centres = {division.code: Point(division.lon, division.lat) for division in DIVISIONS}
    cells = voronoi_polygons(MultiPoint(list(centres.values())), extend_to=HULL)
    return {
        code: Outline(cell.intersection(HULL))
        for code, centre in centres.items()
        for cell in cells.geoms
        if cell.contains(centre)
    }


ROADS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("城际一路", "Intercity Road 1", ("430204", "430202", "430203", "430211", "430212")),
    ("东西干道", "East-West Road", ("430211", "430203", "430281")),
    ("南北干道", "North-South Road", ("430212", "430223", "430224", "430225")),
    ("醴攸公路", "Liling-You Road", ("430281", "430223")),
    ("城区环线", "City Ring", ("430202", "430203", "430211", "430204", "430202")),
)


def draw_features() -> list[dict[str, Any]]:
    """Return the rivers (real names) and roads (invented) as lines for the map."""
    centre = {division.code: (division.lon, division.lat) for division in DIVISIONS}
    roads = [(zh, en, tuple(centre[code] for code in codes)) for zh, en, codes in ROADS]
    return [
        {"kind": kind, "name_zh": zh, "name_en": en, "geometry": _line(points)}
        for kind, lines in (("river", RIVERS), ("road", roads))
        for zh, en, points in lines
    ]


def _line(points: tuple[Position, ...]) -> dict[str, Any]:
    return dict(mapping(LineString(points)))
