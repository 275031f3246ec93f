"""One min-cost flow from the offers and a source of shortage to the needs and a sink of leftovers."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from bihuan.engines.matching.problem import Ints, Problem
from bihuan.engines.matching.tiers import Slices


class Unsolved(RuntimeError):
    """The solver gave no optimal flow; the message is its status."""


@dataclass(frozen=True)
class Arcs:
    """Arcs of a flow network; the first ``links`` of them are links of the problem, in their order.

    Offers are the nodes from 0, needs follow, then the source of shortage and the sink of leftovers.
    """

    tail: Ints
    head: Ints
    capacity: Ints
    cost_m: Ints
    links: int

    @classmethod
    def of(cls, problem: Problem, slices: Slices, cost_m: Ints, which: Ints) -> "Arcs":
        """Lay out the network with some of the problem's links."""
        offers, first_need = problem.offers, len(problem.offers)
        lack, store = first_need + len(problem.needs), first_need + len(problem.needs) + 1
        links = problem.links[which]
        parts = (
            (links.offer, links.need + first_need, problem.capacity[which], cost_m[which]),
            (np.full(len(slices.need), lack), slices.need + first_need, slices.size, slices.cost_m),
            (np.arange(len(offers)), np.full(len(offers), store), offers.quantity, problem.leftover_m),
            ([lack], [store], [slices.size.sum()], [0]),
        )
        tail, head, capacity, cost = (
            np.concatenate([np.asarray(part[k], np.int64) for part in parts]) for k in range(4)
        )
        return cls(tail, head, capacity, cost, len(which))


def cheapest_flow(problem: Problem, slices: Slices, arcs: Arcs) -> Ints:
    """Return the units on each arc in a flow of least cost: exact.

    Parameters
    ----------
    slices
        How much may be missing where, at what price.

    Raises
    ------
    Unsolved
        When there is no such flow, because the slices leave no room.

    Notes
    -----
    Cost scaling push-relabel (Goldberg, 1997, "An efficient implementation of a scaling minimum-cost flow
    algorithm") in OR-Tools. Shortage with convex slices: Ahuja, Magnanti, Orlin (1993), "Network flows", ch. 14.
    """
    missing = int(slices.size.sum())
    left = int(problem.offers.quantity.sum()) + missing - int(problem.needs.quantity.sum())
    supplies = np.concatenate([problem.offers.quantity, -problem.needs.quantity, [missing, -left]])
    solver = min_cost_flow.SimpleMinCostFlow()
    added = solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.capacity, arcs.cost_m)
    solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise Unsolved(f"no flow: {status.name}")
    return np.asarray(solver.flows(added), np.int64)
