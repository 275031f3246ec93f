"""How far it is: travel between places, and between stops under the rules of sealed zones."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from .problem import UNREACHABLE, Coordinates, Ints, LonLat, Matrix, Problem, Zone

EARTH_M_PER_DEGREE = 111_195

Leg = tuple[int, int]


def plane(travel: LonLat) -> Coordinates:
    """Lay places of the globe on a plane that touches it in their middle; a city is flat enough."""
    middle = math.radians(sum(travel.lat) / max(1, len(travel.lat)))
    east, north = sum(travel.lon) / max(1, len(travel.lon)), sum(travel.lat) / max(1, len(travel.lat))
    scale = EARTH_M_PER_DEGREE * travel.detour_percent / 100
    return Coordinates(
        x=tuple(round((lon - east) * math.cos(middle) * scale) for lon in travel.lon),
        y=tuple(round((lat - north) * scale) for lat in travel.lat),
        metres_per_ks=travel.metres_per_ks,
    )


def matrix_of(rows: Callable[[int], tuple[Sequence[int], Sequence[int]]], places: int) -> Matrix:
    """Ask a road network for its table: ``rows(place)`` returns metres and seconds to every place."""
    found = [rows(place) for place in range(places)]
    return Matrix(
        metres=np.array([metres for metres, _ in found], np.int64),
        seconds=np.array([seconds for _, seconds in found], np.int64),
    )


def flat(travel: Coordinates | LonLat | Matrix) -> Coordinates | Matrix:
    """Return travel over a plane or by tables."""
    return plane(travel) if isinstance(travel, LonLat) else travel


def count_places(travel: Coordinates | LonLat | Matrix) -> int:
    """Return how many places there are."""
    if isinstance(travel, Matrix):
        return len(travel.metres)
    return len(travel.lon) if isinstance(travel, LonLat) else len(travel.x)


class Legs:
    """Metres and seconds from place to place, and from point to point by the closed-loop rules.

    A point is a place and the number of the sealed zone it lies in, -1 where none does.

    Raises
    ------
    ValueError
        From ``Matrix`` tables that are not square.
    """

    def __init__(self, problem: Problem) -> None:
        self.travel = flat(problem.travel)
        self.zones: tuple[Zone, ...] = problem.sealed
        self.number = {zone.name: k for k, zone in enumerate(problem.sealed)}
        self.points = [(stop.place, self.zone(stop.zone)) for stop in problem.stops]

    def zone(self, name: str) -> int:
        """Return the number of a sealed zone, -1 for every other zone."""
        return self.number.get(name, -1)

    def between(self, a: int, b: int) -> Leg:
        """Return metres and seconds from place to place."""
        if isinstance(self.travel, Matrix):
            return int(self.travel.metres[a, b]), int(self.travel.seconds[a, b])
        metres = straight(self.travel, a, b)
        return metres, -(-metres * 1000 // self.travel.metres_per_ks)

    def leg(self, a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int, int]:
        """Return metres, seconds of driving and seconds of decontamination from point to point."""
        (here, dirty), (there, zone) = a, b
        if dirty in (-1, zone):
            return *self.between(here, there), 0
        at = self.zones[dirty].decontaminate_at
        if at is None:
            return UNREACHABLE, UNREACHABLE, 0
        first, second = self.between(here, at), self.between(at, there)
        return first[0] + second[0], first[1] + second[1], self.zones[dirty].decontaminate_s


def straight(travel: Coordinates, a: int, b: int) -> int:
    """Return the straight distance in whole units, by whole numbers alone, so that no rounding differs anywhere."""
    square = (travel.x[a] - travel.x[b]) ** 2 + (travel.y[a] - travel.y[b]) ** 2
    if travel.is_cut:
        return math.isqrt(square * travel.times**2)
    return (math.isqrt(4 * square * travel.times**2) + 1) // 2


def xy(travel: Coordinates | LonLat | Matrix, lonlat: Sequence[tuple[float, float]] = ()) -> Ints | None:
    """Return positions for sorting and drawing, shape (places, 2), or ``None`` where only tables are known."""
    if isinstance(travel, Matrix):
        if len(lonlat) != len(travel.metres):
            return None
        travel = LonLat(lon=tuple(p[0] for p in lonlat), lat=tuple(p[1] for p in lonlat))
    travel = plane(travel) if isinstance(travel, LonLat) else travel
    return np.array([travel.x, travel.y], np.int64).T


def tables(problem: Problem, points: Sequence[tuple[int, int]]) -> tuple[Ints, Ints, Ints]:
    """Return metres, seconds of driving and seconds of decontamination from point to point, each (points, points)."""
    legs = Legs(problem)
    places = np.array(
        [place for place, _ in points] + [zone.decontaminate_at or 0 for zone in problem.sealed], np.int64
    )
    zones = np.array([zone for _, zone in points], np.int64)
    metres, seconds = _plain(legs.travel, places)
    count = len(points)
    cleaning = np.zeros((count, count), np.int64)
    far, late = metres[:count, :count].copy(), seconds[:count, :count].copy()
    for k, zone in enumerate(problem.sealed):
        leaves = np.ix_(np.flatnonzero(zones == k), np.flatnonzero(zones != k))
        if zone.decontaminate_at is None:
            far[leaves] = late[leaves] = UNREACHABLE
            continue
        via = count + k
        far[leaves] = metres[leaves[0], via] + metres[via, leaves[1]]
        late[leaves] = seconds[leaves[0], via] + seconds[via, leaves[1]]
        cleaning[leaves] = zone.decontaminate_s
    return np.minimum(far, UNREACHABLE), np.minimum(late, UNREACHABLE), cleaning


def _plain(travel: Coordinates | Matrix, places: Ints) -> tuple[Ints, Ints]:
    if isinstance(travel, Matrix):
        pick = np.ix_(places, places)
        return travel.metres[pick].astype(np.int64), travel.seconds[pick].astype(np.int64)
    x, y = np.array(travel.x, float)[places] * travel.times, np.array(travel.y, float)[places] * travel.times
    square = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
    metres = (np.sqrt(square) + (0.0 if travel.is_cut else 0.5)).astype(np.int64)
    return metres, -(-metres * 1000 // travel.metres_per_ks)
