"""The price of shortage: each need's shortage in slices, the later ones dearer. Convex, so a flow can carry it."""

from dataclasses import dataclass

import numpy as np

from bihuan.engines.matching.problem import Ints, Problem


@dataclass(frozen=True)
class Slices:
    """Slices of shortage: the need, how many units it holds, what a missing unit in it costs."""

    need: Ints
    size: Ints
    cost_m: Ints

    @classmethod
    def of(cls, problem: Problem, tiers: int, price_m: int) -> "Slices":
        """Cut every need's shortage into equal slices; the dearest, which is missing last, is never empty.

        Notes
        -----
        With ``d`` units lacking, slice ``k`` of ``T`` reaches from ``d·k // T`` to ``d·(k + 1) // T``: the last
        one holds ``ceil(d / T)`` units, so that even a need of one unit has its claim on being served first.
        """
        lacking, tier = problem.needs.quantity[:, None], np.arange(tiers)[None, :]
        size = lacking * (tier + 1) // tiers - lacking * tier // tiers
        cost = problem.needs.priority[:, None] * (tier + 1) * price_m
        need, tier_of = np.nonzero(size)
        return cls(need, size[need, tier_of], cost[need, tier_of])

    @classmethod
    def exactly(cls, missing: Ints) -> "Slices":
        """Let just so many units of each need be missing, at no price."""
        need = np.flatnonzero(missing)
        return cls(need, missing[need], np.zeros(len(need), np.int64))


def shortage_m(problem: Problem, received: Ints) -> int:
    """Return the price of what is missing when each need receives so many units.

    Notes
    -----
    Counted slice by slice from the cheapest, apart from the flow, which finds the same by its own choice.
    """
    total, missing = 0, problem.needs.quantity - received
    tiers = problem.aims.tiers
    for tier in range(tiers):
        room = problem.needs.quantity * (tier + 1) // tiers - problem.needs.quantity * tier // tiers
        taken = np.clip(missing, 0, room)
        total += int((taken * problem.needs.priority).sum()) * (tier + 1) * problem.shortage_m
        missing = missing - taken
    return total
