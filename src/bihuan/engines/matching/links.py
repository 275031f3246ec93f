"""Which offer may go to which need: kind, substitute, cold, earmark, and whether it arrives before it spoils."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from bihuan.engines.matching.problem import NOBODY, Floats, Ints, Links, Needs, Offers

EARTH_RADIUS_M = 6_371_008.8
DETOUR = 1.3  # roads are longer than the straight line
MPS = 25 / 3.6
NO_WAY = np.uint16(65_535)

RoadTimes = npt.NDArray[np.uint16]


def link(
    offers: Offers,
    needs: Needs,
    substitutes: Mapping[tuple[int, int], int] | None = None,
    *,
    nearest: int = 0,
    road_s: RoadTimes | None = None,
) -> Links:
    """Return all pairs that may be matched.

    Parameters
    ----------
    substitutes
        ``{(kind lacking, kind given): metres}``, see `Problem`.
    nearest
        Keep only so many of the cheapest links of each need, so many of each offer, and so at least all that a
        small plan would use; 0 keeps all. Leaving links out is quicker and may cost a better plan.
    road_s
        ``(offers, needs)`` seconds on roads, `NO_WAY` where there is none, as ``travel.times`` gives them.

    Notes
    -----
    Without road times: metres along the great circle, a third longer for roads, at 25 km/h. With them the cost is
    the metres that 25 km/h makes of those seconds, so that shortage keeps its price. O(offers · needs) within a kind.
    """
    parts = list(_by_kind(offers, needs, dict(substitutes or {}), road_s))
    links = _joined(parts)
    return links[_cheapest(links, nearest)] if nearest else links


def _by_kind(
    offers: Offers, needs: Needs, substitutes: dict[tuple[int, int], int], road_s: RoadTimes | None
) -> Iterator[Links]:
    same = {(int(kind), int(kind)): 0 for kind in np.unique(needs.kind)}
    for (lacking, given), penalty_m in sorted((substitutes | same).items()):
        rows, columns = np.flatnonzero(offers.kind == given), np.flatnonzero(needs.kind == lacking)
        if len(rows) and len(columns):
            if road_s is None:
                arrive_s = _straight_s(offers, needs, rows, columns)
            else:
                arrive_s = np.where((road := road_s[rows][:, columns]) == NO_WAY, np.inf, road)
            yield _pairs(offers, needs, rows, columns, arrive_s, penalty_m)


def _straight_s(offers: Offers, needs: Needs, rows: Ints, columns: Ints) -> Floats:
    """Return seconds from some offers to some needs, where nothing is known of the roads."""
    far_m = _distance_m(offers.lon[rows], offers.lat[rows], needs.lon[columns], needs.lat[columns])
    return DETOUR / MPS * far_m


def _pairs(
    offers: Offers, needs: Needs, rows: Ints, columns: Ints, arrive_s: Floats, penalty_m: int
) -> Links:
    mark = offers.earmark[rows][:, None]
    may = (mark == NOBODY) | (mark == columns[None, :])
    may &= ~offers.is_cold[rows][:, None] | needs.can_cool[columns][None, :]
    may &= np.rint(arrive_s) + needs.use_s[columns][None, :] <= offers.keeps_s[rows][:, None]
    i, j = np.nonzero(may)
    seconds = arrive_s[i, j]
    cost_m = np.rint(seconds * MPS).astype(np.int64) + penalty_m
    return Links(rows[i], columns[j], cost_m, np.rint(seconds).astype(np.int64))


def _distance_m(lon: Floats, lat: Floats, to_lon: Floats, to_lat: Floats) -> Floats:
    """Return great-circle metres, a row for each of the first and a column for each of the second (haversine)."""
    x, y, to_x, to_y = (np.radians(v) for v in (lon[:, None], lat[:, None], to_lon[None, :], to_lat[None, :]))
    rise = np.sin((to_y - y) / 2) ** 2 + np.cos(y) * np.cos(to_y) * np.sin((to_x - x) / 2) ** 2
    metres: Floats = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(np.minimum(rise, 1.0)))
    return metres


def _joined(parts: list[Links]) -> Links:
    empty = np.empty(0, np.int64)
    columns = ("offer", "need", "cost_m", "arrive_s")
    return Links(*(np.concatenate([empty, *(getattr(p, column) for p in parts)]) for column in columns))


def _cheapest(links: Links, nearest: int) -> Ints:
    """Return the links that are among the cheapest of their need or of their offer."""
    keep = np.zeros(len(links), np.bool_)
    for side in (links.need, links.offer):
        order = np.lexsort((links.cost_m, side))
        first = np.searchsorted(side[order], side[order])
        keep[order[np.arange(len(order)) - first < nearest]] = True
    return np.flatnonzero(keep)
