"""What no plan can beat, so that the quality of one is a number.

Two bounds are counted and the higher one holds. Both look at all vehicles as if each were the cheapest.

- *Entries*: somebody comes to each served stop, over a leg at least as dear as its cheapest one.
- *Radial* (Haimovich and Rinnooy Kan 1985, doi:10.1287/moor.10.4.527): a trip that carries q of the capacity Q goes
  out to its farthest stop and back, which is at least twice the mean distance of what it carries. For straight lines.
"""

import numpy as np
from scipy.spatial import cKDTree

from .legs import Legs, xy
from .problem import Coordinates, Ints, Problem, amount, skip_price

NEAR = 2


def bound(problem: Problem) -> int:
    """Return a cost that no plan which breaks no rule can go below. O(stops · log stops) over a plane."""
    if not problem.stops or not problem.vehicles:
        return 0
    entries = _entries(problem)
    prices = np.array([skip_price(stop) for stop in problem.stops], float)
    needed = int(np.minimum(entries, prices).sum()) + _use(problem)
    return max(needed, _radial(problem))


def _use(problem: Problem) -> int:
    """Return what leaving the depot costs at least, if anybody must be served."""
    is_needed = any(stop.skip_price is None for stop in problem.stops)
    return min(vehicle.cost_of_use for vehicle in problem.vehicles) if is_needed else 0


def _entries(problem: Problem) -> Ints:
    """Return the cost of each stop's cheapest entry, shape (stops,)."""
    per_m = min(vehicle.cost_per_m for vehicle in problem.vehicles)
    per_s = min(vehicle.cost_per_s for vehicle in problem.vehicles)
    legs = Legs(problem)
    own = np.array([stop.place for stop in problem.stops])
    # A way into a stop begins at another stop, at a depot or at a place of decontamination.
    others = np.array([v.start for v in problem.vehicles] + [v.end for v in problem.vehicles] + [
        zone.decontaminate_at for zone in problem.sealed if zone.decontaminate_at is not None
    ])  # fmt: skip
    if isinstance(legs.travel, Coordinates):
        metres = _nearest_metres(legs, own, others)
        seconds = -(-metres * 1000 // legs.travel.metres_per_ks)
        return metres * per_m + seconds * per_s
    cost = legs.travel.metres.astype(np.int64) * per_m + legs.travel.seconds.astype(np.int64) * per_s
    table = cost[np.ix_(np.concatenate([own, others]), own)]
    table[np.arange(len(own)), np.arange(len(own))] = np.iinfo(np.int64).max
    return np.asarray(table.min(axis=0), np.int64)


def _nearest_metres(legs: Legs, own: Ints, others: Ints) -> Ints:
    travel = legs.travel
    where = xy(travel)
    assert where is not None
    tree = cKDTree(where[np.concatenate([own, others])])
    _, near = tree.query(where[own], k=NEAR)
    places = np.concatenate([own, others])
    # The nearest other one: of two at no distance either may come first.
    found = [
        min(legs.between(int(places[b]), int(own[a]))[0] for b in row if b != a) for a, row in enumerate(near)
    ]
    return np.array(found, np.int64)


def _radial(problem: Problem) -> int:
    """Return the radial bound for stops that must be served, or 0 where it doesn't hold."""
    travel = problem.travel
    rooms = [amount(vehicle.capacity, 0) for vehicle in problem.vehicles]
    depots = {place for vehicle in problem.vehicles for place in (vehicle.start, vehicle.end)}
    if not isinstance(travel, Coordinates) or not min(rooms) or len(depots) > 1:
        return 0
    where = xy(travel)
    assert where is not None
    must = [k for k, stop in enumerate(problem.stops) if stop.skip_price is None]
    ways = where[[problem.stops[k].place for k in must]] - where[depots.pop()]
    load = np.array([amount(problem.stops[k].demand, 0) for k in must])
    metres = 2 * travel.times * (np.hypot(ways[:, 0], ways[:, 1]) * load).sum() / max(rooms)
    # Each leg may have lost a unit by cutting, or half of one by rounding; there are at most two for each stop.
    lost = 2 * len(problem.stops) * (1.0 if travel.is_cut else 0.5)
    return max(0, int((metres - lost) * min(vehicle.cost_per_m for vehicle in problem.vehicles)))
