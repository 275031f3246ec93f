"""Problems for tests, and what other programs say of them."""

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.spatial.distance import cdist

from bihuan.engines.matching import Aims, Links, Needs, Offers, Problem, link

Units = list[tuple[int, int, int]]


def plain(
    offered: list[int], lacking: list[int], metres: list[list[int]], aims: Aims | None = None, **more: Any
) -> Problem:
    """Return a problem with a link from every offer to every need; ``metres`` has a row for each offer."""
    cost = np.array(metres, np.int64)
    o, n = np.indices(cost.shape).reshape(2, -1)
    links = Links(o, n, cost.ravel(), np.zeros(cost.size, np.int64))
    return Problem(Offers.of(offered, **more), Needs.of(lacking), links, aims or Aims())


def scattered(offers: int, needs: int, per_need: int, seed: int = 1, share: float = 0.7) -> Problem:
    """Return offers and needs over a plane of 50 km, supply ``share`` of demand, half the links near, half anywhere."""
    rng = np.random.default_rng(seed)
    at, to = rng.uniform(0, 50_000, (offers, 2)), rng.uniform(0, 50_000, (needs, 2))
    offered, lacking = rng.integers(1, 200, offers), rng.integers(1, 200, needs)
    lacking = np.maximum(1, lacking * (offered.sum() / share) // lacking.sum()).astype(np.int64)
    far = cdist(to, at)
    near = np.argpartition(far, per_need // 2, axis=1)[:, : per_need // 2]
    chosen = np.concatenate([near, rng.integers(0, offers, (needs, per_need - per_need // 2))], axis=1)
    key = np.unique(chosen * needs + np.arange(needs)[:, None])
    o, n = key // needs, key % needs
    links = Links(o, n, np.rint(far[n, o]).astype(np.int64), np.zeros(len(key), np.int64))
    return Problem(Offers.of(offered), Needs.of(lacking), links)


@st.composite
def problems(draw: Any, *, is_flow: bool = False) -> Problem:
    """Draw a small problem with any mix of features."""
    count, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))

    def column(strategy: Any, size: int) -> list[Any]:
        return draw(st.lists(strategy, min_size=size, max_size=size))

    one = st.just(1)
    offers = Offers.of(
        column(st.integers(0, 12), count),
        kind=column(st.integers(0, 1), count),
        lon=column(st.floats(113.0, 113.2), count),
        keeps_s=column(st.sampled_from([3600, 86_400, 10**9]), count),
        is_cold=column(st.booleans(), count),
        earmark=column(st.sampled_from([-1, -1, -1, *range(rows)]), count),
        lot=column(one if is_flow else st.integers(1, 5), count),
        pack=column(one if is_flow else st.integers(1, 3), count),
    )
    needs = Needs.of(
        column(st.integers(0, 12), rows),
        kind=column(st.integers(0, 1), rows),
        lon=column(st.floats(113.0, 113.2), rows),
        priority=column(st.integers(1, 3), rows),
        can_cool=column(st.booleans(), rows),
        use_s=column(st.sampled_from([0, 86_400]), rows),
    )
    stands_in = {(0, 1): 5000} if draw(st.booleans()) else {}
    aims = Aims(tiers=draw(st.integers(1, 6)), waste_m=draw(st.sampled_from([0, 1000])))
    return Problem(offers, needs, link(offers, needs, stands_in), aims, tuple(stands_in))


def slices(problem: Problem) -> list[tuple[int, int, int]]:
    """Return (need, cost, size) of the slices of shortage, unit by unit: the u-th unit lies in tier ceil(u·T/d)."""
    found = []
    for n, (lacking, weight) in enumerate(zip(problem.needs.quantity, problem.needs.priority, strict=True)):
        for unit in range(1, int(lacking) + 1):
            tier = -(-unit * problem.aims.tiers // int(lacking))
            found.append((n, tier * int(weight) * problem.shortage_m, 1))
    return found


def least_cost_by_networkx(problem: Problem) -> int:
    """Return the least cost of a flow by networkx's network simplex."""
    graph, links = nx.MultiDiGraph(), problem.links
    graph.add_node("lack", demand=-int(problem.needs.quantity.sum()))
    graph.add_node("store", demand=int(problem.offers.quantity.sum()))
    graph.add_edge("lack", "store", weight=0)
    for o, units in enumerate(problem.offers.quantity.tolist()):
        graph.add_node(("offer", o), demand=-units)
        graph.add_edge(("offer", o), "store", weight=int(problem.leftover_m[o]))
    for n, units in enumerate(problem.needs.quantity.tolist()):
        graph.add_node(("need", n), demand=units)
    for o, n, cost in zip(links.offer.tolist(), links.need.tolist(), links.cost_m.tolist(), strict=True):
        graph.add_edge(("offer", o), ("need", n), weight=cost)
    for n, cost, size in slices(problem):
        graph.add_edge("lack", ("need", n), weight=cost, capacity=size)
    return nx.network_simplex(graph)[0]


def least_cost_by_scipy(problem: Problem) -> int:
    """Return the least cost with whole packs and lots by scipy's milp."""
    links, offers, needs = problem.links, problem.offers, problem.needs
    short, count = slices(problem), len(links)
    pack, lot = offers.pack[links.offer], offers.lot[links.offer]
    # Columns: packs on each link, whether the link is used, units missing.
    cost = np.r_[
        (links.cost_m - problem.leftover_m[links.offer]) * pack, np.zeros(count), [c for _, c, _ in short]
    ]
    most = problem.capacity
    rows, low, high = [], [], []
    for o in range(len(offers)):
        rows.append(np.r_[pack * (links.offer == o), np.zeros(count + len(short))])
        low, high = [*low, -np.inf], [*high, offers.quantity[o]]
    for n in range(len(needs)):
        missing = [float(at == n) for at, _, _ in short]
        rows.append(np.r_[pack * (links.need == n), np.zeros(count), missing])
        low, high = [*low, needs.quantity[n]], [*high, needs.quantity[n]]
    for k in range(count):
        for bound, sides in ((lot[k], (0, np.inf)), (most[k], (-np.inf, 0))):
            row = np.zeros(2 * count + len(short))
            row[k], row[count + k] = pack[k], -bound
            rows, low, high = [*rows, row], [*low, sides[0]], [*high, sides[1]]
    fixed = int((offers.quantity * problem.leftover_m).sum())
    if not len(cost):
        return fixed
    upper = np.r_[most // pack, np.ones(count), np.ones(len(short))]
    whole = np.r_[np.ones(2 * count), np.zeros(len(short))]
    constraints = LinearConstraint(np.array(rows), low, high)
    found = milp(
        cost, integrality=whole, bounds=Bounds(0, upper), constraints=constraints, options={"mip_rel_gap": 0}
    )
    return round(found.fun) + fixed


def fair(problem: Problem) -> Problem:
    """Return the problem with the worst-off first."""
    return replace(problem, aims=replace(problem.aims, is_lexicographic=True))
