"""Greedy filling: link after link takes what fits, in whole packs and lots. It always answers, in a moment."""

import numpy as np

from bihuan.engines.compiled import compiled
from bihuan.engines.matching.problem import Ints, Problem


def fill(problem: Problem, units: Ints, goal: Ints) -> None:
    """Raise the units on the links, in place, until each need has its goal or nothing more fits.

    Parameters
    ----------
    units
        ``(links,)`` what goes along each link already; kept.
    goal
        ``(needs,)`` units that each need is to have. The last pack may reach beyond, up to what is lacking.

    Notes
    -----
    The needs with the least coverage choose first, each its cheapest links. O(links · log links).
    """
    links, needs, offers = problem.links, problem.needs, problem.offers
    received = np.bincount(links.need, units, len(needs)).astype(np.int64)
    given = np.bincount(links.offer, units, len(offers)).astype(np.int64)
    coverage = received / np.maximum(needs.quantity, 1)
    order = np.lexsort((links.cost_m, links.need, coverage[links.need], -needs.priority[links.need]))
    pack = offers.pack[links.offer]
    least = -(-np.maximum(offers.lot[links.offer], pack) // pack) * pack
    left, room = offers.quantity - given, needs.quantity - received
    _fill(order, links.offer, links.need, pack, least, left, room, goal - received, units)


@compiled
def _fill(
    order: Ints,
    offer: Ints,
    need: Ints,
    pack: Ints,
    least: Ints,
    left: Ints,
    room: Ints,
    wanted: Ints,
    units: Ints,
) -> None:
    for i in order:
        o, n = offer[i], need[i]
        fits = min(left[o], room[n])
        if wanted[n] <= 0 or fits < pack[i]:
            continue
        # As much as is wanted, in whole packs; the last pack may bring some more.
        amount = min(-(-wanted[n] // pack[i]) * pack[i], fits // pack[i] * pack[i])
        if units[i] == 0 and amount < least[i]:
            amount = least[i]
        if amount <= fits:
            units[i] += amount
            left[o] -= amount
            room[n] -= amount
            wanted[n] -= amount
