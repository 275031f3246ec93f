"""./run bench matching: a million links with supply at 70 % of demand, fair and efficient, beside bare solvers.

The bare solvers get the same network as plain arrays. "Bare" is the solver's own time with nothing around it: no
problem, no plan. Ours is `solve`, from the problem to the plan. Costs are compared: all are exact.
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from ortools.graph.python import min_cost_flow
from scipy.optimize import linprog
from scipy.sparse import coo_array

from bihuan.engines.matching import (
    Plan,
    Problem,
    Report,
    baseline,
    check,
    cost_of,
    efficient,
    pricing,
    solve,
)
from bihuan.engines.matching.flow import Arcs
from bihuan.engines.matching.picture import coverage_picture
from bihuan.engines.matching.tiers import Slices
from tests.bench.machine import best_of, machine
from tests.engines.matching.made import scattered

PICTURES = Path(__file__).resolve().parents[2] / "docs/engines"


def main() -> None:
    """Solve the same offers and needs in each way, print tables, draw the coverage, print one line of figures."""
    options = read_options()
    warm()
    fair = scattered(options.rows, options.rows, options.links, share=0.7)
    plain = efficient(fair)
    found: dict[str, Any] = {"bench": "matching", "machine": machine(), "links": len(fair.links)}
    found["seconds"], plans = measure(fair, plain, options)
    found["reports"] = {
        name: vars(Report.on(plain if name == "efficient" else fair, plan)) for name, plan in plans.items()
    }
    bare = found["seconds"]["OR-Tools bare, efficient"][1]
    found["fair_by_bare_efficient"] = round(found["seconds"]["ours, fair"][1] / bare, 2)
    found["fair_by_bare_fair"] = round(
        found["seconds"]["ours, fair"][1] / found["seconds"]["OR-Tools bare, fair"][1], 2
    )
    show(found)
    if not options.no_picture:
        draw(fair, plans)
    print("BENCH " + json.dumps(found))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench matching")
    parser.add_argument("--rows", type=int, default=5000, help="offers, and needs")
    parser.add_argument("--links", type=int, default=204, help="links of each need")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", action="store_true", help="networkx and scipy too: some four minutes")
    parser.add_argument("--no-picture", action="store_true")
    return parser.parse_args()


def warm() -> None:
    """Compile everything, outside the clock."""
    small = scattered(40, 40, 30)
    before, pricing.FEW = pricing.FEW, 0
    nearest, pricing.NEAREST = pricing.NEAREST, 1
    solve(small)
    tail, pricing.TAIL = pricing.TAIL, 10**9
    solve(small)
    pricing.TAIL = 0
    solve(small)
    pricing.FEW, pricing.NEAREST, pricing.TAIL = before, nearest, tail
    baseline(small)


def measure(
    fair: Problem, plain: Problem, options: argparse.Namespace
) -> tuple[dict[str, tuple[float, float]], dict[str, Plan]]:
    """Return wall and CPU seconds of each, and the plans; fail where two exact costs differ."""
    seconds: dict[str, tuple[float, float]] = {}
    plans: dict[str, Plan] = {}

    def timed(name: str, work: Callable[[], Any], rounds: int = options.rounds) -> Any:
        wall, cpu, found = best_of(rounds, work)
        seconds[name] = (round(wall, 3), round(cpu, 3))
        return found

    for word, problem in (("efficient", plain), ("fair", fair)):
        arcs = all_arcs(problem)
        cost = timed(f"OR-Tools bare, {word}", lambda a=arcs, p=problem: bare(p, a))
        plans[word] = timed(f"ours, {word}", lambda p=problem: solve(p))
        assert cost_of(problem, plans[word]) == cost, "the plans differ"
        assert check(problem, plans[word]) == []
        if options.peers:
            assert timed(f"scipy (HiGHS), {word}", lambda a=arcs, p=problem: by_scipy(p, a), 1) == cost
            assert timed(f"networkx, {word}", lambda a=arcs, p=problem: by_networkx(p, a), 1) == cost
    first = replace(fair, aims=replace(fair.aims, is_lexicographic=True))
    plans["worst off first"] = timed("ours, worst off first", lambda: solve(first))
    assert check(first, plans["worst off first"]) == []
    plans["baseline"] = timed("baseline", lambda: baseline(fair))
    return seconds, plans


def all_arcs(problem: Problem) -> tuple[Arcs, np.ndarray]:
    """Return the whole network and the nodes' supplies, for bare solvers."""
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    arcs = Arcs.of(problem, slices, problem.links.cost_m, np.arange(len(problem.links)))
    missing = int(slices.size.sum())
    left = int(problem.offers.quantity.sum()) + missing - int(problem.needs.quantity.sum())
    return arcs, np.concatenate([problem.offers.quantity, -problem.needs.quantity, [missing, -left]])


def bare(_: Problem, network: tuple[Arcs, np.ndarray]) -> int:
    """Return the least cost by OR-Tools, with nothing around it."""
    arcs, supplies = network
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(arcs.tail, arcs.head, arcs.capacity, arcs.cost_m)
    solver.set_nodes_supplies(np.arange(len(supplies)), supplies)
    assert solver.solve() == solver.OPTIMAL
    return int(solver.optimal_cost())


def by_scipy(_: Problem, network: tuple[Arcs, np.ndarray]) -> int:
    """Return the least cost by scipy's linear program."""
    arcs, supplies = network
    count = np.arange(len(arcs.tail))
    entries = np.r_[np.ones(len(count)), -np.ones(len(count))]
    rows = coo_array((entries, (np.r_[arcs.tail, arcs.head], np.r_[count, count])))
    found = linprog(arcs.cost_m, A_eq=rows, b_eq=supplies, bounds=np.stack([0 * count, arcs.capacity], 1))
    return round(found.fun)


def by_networkx(_: Problem, network: tuple[Arcs, np.ndarray]) -> int:
    """Return the least cost by networkx's network simplex."""
    arcs, supplies = network
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((node, {"demand": -units}) for node, units in enumerate(supplies.tolist()))
    columns = (arcs.tail, arcs.head, arcs.capacity, arcs.cost_m)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    graph.add_edges_from((u, v, {"capacity": c, "weight": w}) for u, v, c, w in rows)
    return int(nx.network_simplex(graph)[0])


def show(found: dict[str, Any]) -> None:
    """Print the tables."""
    print(f"\n{found['links']:,} links, supply 70 % of demand{'':12}wall s     CPU s")
    for name, (wall, cpu) in found["seconds"].items():
        print(f"  {name:40}{wall:>10.2f}{cpu:>10.2f}")
    print(
        f"  fair by bare efficient: {found['fair_by_bare_efficient']}; by bare fair: {found['fair_by_bare_fair']}"
    )
    for name, report in found["reports"].items():
        print(
            f"  {name:18}served {report['served']:.1%}  nothing {report['with_nothing']:>4}  "
            f"least {report['least']:.0%}  Gini {report['gini']:.3f}  {report['transport_m'] / 1e6:,.0f} thousand km"
        )


def draw(problem: Problem, plans: dict[str, Plan]) -> None:
    """Draw the coverage into the documentation."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    curves = {
        name: plans[name].coverage(problem) for name in ("efficient", "fair", "worst off first", "baseline")
    }
    text = coverage_picture(curves, "Coverage of 5,000 needs, supply at 70 % of demand")
    (PICTURES / "matching.svg").write_text(text)


if __name__ == "__main__":
    main()
