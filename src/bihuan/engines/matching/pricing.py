"""The exact flow over very many links, solved on some of them; the rest are priced, and added where they pay."""

import numpy as np

from bihuan.engines.compiled import compiled
from bihuan.engines.matching import residual
from bihuan.engines.matching.flow import Arcs, cheapest_flow
from bihuan.engines.matching.problem import Flags, Ints, Problem
from bihuan.engines.matching.tiers import Slices

FEW = 100_000  # so many links are solved at once
NEAREST = 40  # links of each need, and of each offer, to begin with
TAIL = 10  # so many links that pay are mended into the flow; more of them are solved anew


def cheapest(problem: Problem, slices: Slices, cost_m: Ints) -> Ints:
    """Return the units on each link in a plan of least cost, and exactly that.

    Parameters
    ----------
    slices
        How much may be missing where, at what price.
    cost_m
        ``(links,)`` cost of one unit along each link.

    Notes
    -----
    Column generation (Ford, Fulkerson, 1958, "A suggested computation for maximal multi-commodity network
    flows"). Shortest distances in what is left of the network are prices at which no link within it pays; a
    link outside that pays at these prices is added. When none does, the flow is optimal over all links: the
    prices prove it. The last few are mended in by cancelling cycles (Klein, 1967) instead of a new solve.
    """
    which = _first(problem, cost_m)
    arcs = Arcs.of(problem, slices, cost_m, which)
    units = cheapest_flow(problem, slices, arcs)
    while len(fresh := _paying(problem, cost_m, which, price := _prices(arcs, units))):
        before, which = units, np.r_[which, fresh]
        arcs = Arcs.of(problem, slices, cost_m, which)
        if len(fresh) > TAIL:
            units = cheapest_flow(problem, slices, arcs)
        else:
            units = np.insert(before, len(which) - len(fresh), np.zeros(len(fresh), np.int64))
            _mend(arcs, units, price, np.arange(arcs.links - len(fresh), arcs.links))
    found = np.zeros(len(problem.links), np.int64)
    found[which] = units[: len(which)]
    return found


def _first(problem: Problem, cost_m: Ints) -> Ints:
    """Return the links to begin with: the cheapest of each need and of each offer, and all where they are few."""
    links = problem.links
    keep = np.full(len(links), len(links) <= FEW)
    if not keep.all():
        cheapest_of(links.need, cost_m, len(problem.needs), NEAREST, keep)
        cheapest_of(links.offer, cost_m, len(problem.offers), NEAREST, keep)
    return np.flatnonzero(keep)


@compiled
def cheapest_of(group: Ints, cost: Ints, groups: int, count: int, keep: Flags) -> None:
    """Mark the ``count`` cheapest of each group, and what costs the same as the last of them."""
    first = np.zeros(groups + 1, np.int64)
    for g in group:
        first[g + 1] += 1
    first = np.cumsum(first)
    spot, member = first[:-1].copy(), np.empty(len(group), np.int64)
    for i in range(len(group)):
        member[spot[group[i]]] = i
        spot[group[i]] += 1
    for g in range(groups):
        mine = member[first[g] : first[g + 1]]
        if not len(mine):
            continue
        dearest = np.partition(cost[mine], min(count, len(mine)) - 1)[min(count, len(mine)) - 1]
        for i in mine:
            if cost[i] <= dearest:
                keep[i] = True


def _prices(arcs: Arcs, units: Ints) -> Ints:
    return residual.prices(_rows(arcs), arcs.capacity, arcs.cost_m, units)


def _rows(arcs: Arcs) -> residual.Rows:
    nodes = int(max(arcs.tail.max(initial=-1), arcs.head.max(initial=-1))) + 1
    return residual.rows_of(nodes, arcs.tail, arcs.head)


def _paying(problem: Problem, cost_m: Ints, which: Ints, price: Ints) -> Ints:
    """Return the links outside that pay at these prices."""
    links = problem.links
    pays = price[links.need + len(problem.offers)] - price[links.offer] > cost_m
    pays[which] = False
    return np.flatnonzero(pays)


def _mend(arcs: Arcs, units: Ints, price: Ints, fresh: Ints) -> None:
    residual.cancel(_rows(arcs), arcs.tail, arcs.head, arcs.capacity, arcs.cost_m, units, price, fresh)
