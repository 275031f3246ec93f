"""Positions: WGS 84 longitude and latitude in degrees, in that order."""

import math
from collections.abc import Iterable

import h3

EARTH_RADIUS_M = 6_371_008.8
CELL_RESOLUTION = 9  # cells about 350 m across: "near by" for a twin


def is_position(lon: float, lat: float) -> bool:
    """Say whether the two numbers are finite and on the globe."""
    return -180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two ``(lon, lat)`` positions in metres (haversine)."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    rise = math.sin((lat_b - lat_a) / 2) ** 2
    run = math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(rise + math.cos(lat_a) * math.cos(lat_b) * run))


def cell(lon: float, lat: float, resolution: int = CELL_RESOLUTION) -> str:
    """Return the H3 cell that holds a position."""
    return str(h3.latlng_to_cell(lat, lon, resolution))


def cells_near(name: str, rings: int = 1) -> list[str]:
    """Return a cell and its neighbours up to ``rings`` steps away."""
    return list(h3.grid_disk(name, rings))


def cells_within(lon: float, lat: float, radius_m: float) -> list[str]:
    """Return H3 cells that cover a circle, as few as will do: large ones inside, small ones at the rim.

    A cell belongs to it when its centre does. Up to 2 km the smallest are 130 m across, beyond it 350 m.
    """
    fine = 10 if radius_m <= 2_000 else CELL_RESOLUTION
    home = cell(lon, lat, fine)
    steps = math.ceil(radius_m / (1.5 * h3.average_hexagon_edge_length(fine, unit="m"))) + 1
    near = (name for name in h3.grid_disk(home, steps) if distance_m(centre(name), (lon, lat)) <= radius_m)
    return sorted(h3.compact_cells({home, *near}))


def cells_of(lon: float, lat: float) -> list[str]:
    """Return the cells of all sizes that hold a position and that ``cells_within`` may have used."""
    finest = cell(lon, lat, 10)
    return [str(h3.cell_to_parent(finest, size)) for size in range(11)]


def centre(name: str) -> tuple[float, float]:
    """Return the middle of a cell."""
    lat, lon = h3.cell_to_latlng(name)
    return lon, lat


def cells_at(names: Iterable[str], resolution: int = CELL_RESOLUTION) -> list[str]:
    """Return the cells of one size that lie in, around or under some cells of any size."""
    found: set[str] = set()
    for name in names:
        if h3.get_resolution(name) >= resolution:
            found.add(h3.cell_to_parent(name, resolution))
        else:
            found.update(h3.cell_to_children(name, resolution))
    return sorted(found)
