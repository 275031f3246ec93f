"""GCJ-02, the shifted datum of Chinese maps and telephones, from and to WGS 84.

The shift is not published; these are the formulas that the field uses (see googollee/eviltransform), good to a metre.
"""

import math

_RADIUS_M = 6_378_137.0
_FLATNESS = 0.00669342162296594323  # first eccentricity squared, of Krasovsky's ellipsoid
_CLOSE_DEG = 1e-7  # a centimetre
Position = tuple[float, float]


def is_shifted(lon: float, lat: float) -> bool:
    """Say whether a position lies in the box within which maps are shifted."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def from_wgs(lon: float, lat: float) -> Position:
    """Return where a WGS 84 position (degrees) stands on a Chinese map; outside China it stays where it is."""
    if not is_shifted(lon, lat):
        return lon, lat
    east, north = _waves(lon - 105.0, lat - 35.0)
    angle = math.radians(lat)
    bend = 1 - _FLATNESS * math.sin(angle) ** 2
    step_lat = math.degrees(north * bend * math.sqrt(bend) / (_RADIUS_M * (1 - _FLATNESS)))
    step_lon = math.degrees(east * math.sqrt(bend) / (_RADIUS_M * math.cos(angle)))
    return lon + step_lon, lat + step_lat


def to_wgs(lon: float, lat: float) -> Position:
    """Return the WGS 84 position of a GCJ-02 one, found by stepping back until it fits to a centimetre."""
    found = lon, lat
    for _ in range(30):
        there = from_wgs(*found)
        off_lon, off_lat = lon - there[0], lat - there[1]
        found = found[0] + off_lon, found[1] + off_lat
        if max(abs(off_lon), abs(off_lat)) < _CLOSE_DEG:
            break
    return found


def _waves(x: float, y: float) -> Position:
    """Return the shift to the east and to the north in metres."""
    root, both = math.sqrt(abs(x)), (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + both
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + both
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y / 30 * math.pi)) * 2 / 3
    return east, north
