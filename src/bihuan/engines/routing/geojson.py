"""Plans as GeoJSON (RFC 7946): a line for each trip and a point for each stop, in WGS 84."""

from typing import Any

from .plan import Plan
from .problem import LonLat, Problem
from .timing import Rules, days_of
from .vrplib import Unreadable


def geojson(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Return a FeatureCollection; places are at ``problem.lonlat`` or where the travel says.

    Raises
    ------
    Unreadable
        When nothing says where on the globe the places are.
    """
    where = problem.lonlat
    if isinstance(problem.travel, LonLat):
        where = tuple(zip(problem.travel.lon, problem.travel.lat, strict=True))
    if not where:
        raise Unreadable("nobody says where on the globe these places are: give lonlat")
    rules = Rules(problem)
    features: list[dict[str, Any]] = []
    for (number, unit), trips in days_of(plan).items():
        for order, (stops, walked) in enumerate(zip(trips, rules.day(number, trips), strict=True), 1):
            vehicle = problem.vehicles[number]
            places = [
                vehicle.start if order == 1 else vehicle.end,
                *(problem.stops[k].place for k in stops),
                vehicle.end,
            ]
            said = {
                "vehicle": vehicle.name,
                "unit": unit,
                "trip": order,
                "depart_s": walked.depart_s,
                "end_s": walked.end_s,
            }
            features.append(_feature("LineString", [list(where[place]) for place in places], said))
            for k, arrive_s in zip(stops, walked.arrive_s or [None] * len(stops), strict=True):
                stop = problem.stops[k]
                features.append(
                    _feature(
                        "Point", list(where[stop.place]), {**said, "stop": stop.name, "arrive_s": arrive_s}
                    )
                )
    features += [
        _feature(
            "Point", list(where[problem.stops[k].place]), {"stop": problem.stops[k].name, "is_left_out": True}
        )
        for k in plan.skipped(problem)
    ]
    return {"type": "FeatureCollection", "features": features}


def _feature(kind: str, coordinates: list[Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": kind, "coordinates": coordinates},
        "properties": properties,
    }
