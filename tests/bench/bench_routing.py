"""./run bench routing: plans of published problems, ours beside PyVRP, OR-Tools and (where installed) VROOM.

Each has the same budget on the same problem in one run; every plan is judged by the engine's own judge. On a shared
machine `--clock cpu` counts CPU seconds instead (of ours, divided by its threads, which is what idle cores would take).
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bihuan.engines.routing import Budget, Plan, Problem, check, solve
from bihuan.engines.routing.vrplib import read_sol, read_vrplib
from tests.bench import gaps, routing_peers

ROOT = Path(__file__).resolve().parents[2]
INSTANCES = [
    "cvrp-x/X-n513-k21", "cvrp-x/X-n1001-k43", "cvrp-xxl/Leuven1", "cvrp-xxl/Antwerp1", "cvrp-xxl/Ghent1",
    "cvrp-xxl/Brussels1", "cvrp-xxl/Flanders2", "vrptw-1000/R1_10_5", "vrptw-1000/C1_10_5", "mtvrptwr/R201R0.25",
]  # fmt: skip
Track = list[tuple[float, int]]
Clock = Callable[[], float]
Tell = Callable[[int], None]


def main() -> None:
    """Measure, print a table, draw the pictures, and end with one line of figures."""
    asked = read_options()
    folder = Path(os.environ.get("BIHUAN_SHARED") or ROOT.parent / "shared") / "data/benchmarks"
    rows: list[dict[str, Any]] = []
    warm_up(folder, asked.threads)
    for name in asked.instances or INSTANCES:
        if not (folder / f"{name}.vrp").exists():
            continue
        problem = read_vrplib((folder / f"{name}.vrp").read_text())
        known = read_sol((folder / f"{name}.sol").read_text(), problem).cost
        tracks: dict[str, Track] = {}
        for solver in asked.solvers:
            row, tracks[solver] = measure(asked, name, problem, known, solver)
            rows.append(row)
            print(line(row), flush=True)
        if asked.draw:
            gaps.draw(ROOT / "docs/engines" / f"gap-{name.rpartition('/')[2]}.svg", name, known, tracks)
    print(
        "BENCH "
        + json.dumps({"bench": "routing", "seconds": asked.seconds, "clock": asked.clock, "rows": rows})
    )


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench routing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2, help="of ours; the peers have one")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--instances", nargs="*", help="like cvrp-xxl/Antwerp1")
    parser.add_argument("--solvers", nargs="*", default=["ours", *routing_peers.present()])
    parser.add_argument("--draw", action="store_true", help="draw gap over time into docs/engines/")
    return parser.parse_args()


def warm_up(folder: Path, threads: int) -> None:
    """Compile, or read from the cache, outside every budget."""
    for name in ("cvrp-x/X-n513-k21", "cvrp-x/X-n1001-k43"):
        if (path := folder / f"{name}.vrp").exists():
            solve(read_vrplib(path.read_text()), Budget(seconds=0.2), 1, threads)


def clock_of(asked: argparse.Namespace, solver: str) -> Clock:
    """Return the clock that a solver's budget runs on."""
    if asked.clock == "wall":
        return time.monotonic
    threads = asked.threads if solver == "ours" else 1
    return lambda: time.process_time() / threads


def measure(
    asked: argparse.Namespace, name: str, problem: Problem, known: int, solver: str
) -> tuple[dict[str, Any], Track]:
    """Return a row of figures over all seeds, and how the first seed went."""
    clock = clock_of(asked, solver)
    costs: list[int] = []
    tracks: list[Track] = []
    broken, took = 0, 0.0
    for seed in range(1, asked.seeds + 1):
        track: Track = []
        began = clock()
        plan = run(
            solver, problem, asked, seed, clock, lambda cost, t=track, b=began: t.append((clock() - b, cost))
        )
        took = max(took, clock() - began)
        if plan is None:
            return {"instance": name, "solver": solver, "gap": None}, track
        costs.append(plan.cost)
        broken += len(check(problem, plan))
        tracks.append(track)
    gap = 100 * (statistics.median(costs) / known - 1)
    row = {"instance": name, "stops": len(problem.stops), "solver": solver, "gap": round(gap, 3),
           "costs": costs, "broken": broken, "took_s": round(took, 1)}  # fmt: skip
    return row, tracks[0]


def run(
    solver: str,
    problem: Problem,
    asked: argparse.Namespace,
    seed: int,
    clock: Callable[[], float],
    tell: Callable[[int], None],
) -> Plan | None:
    """Return a solver's plan, or nothing where it has no answer."""
    if solver == "ours":
        budget = Budget(seconds=asked.seconds, clock=clock)
        return solve(problem, budget, seed, asked.threads, lambda share, cost: tell(cost))
    return routing_peers.PEERS[solver](problem, asked.seconds, seed, clock, tell)


def line(row: dict[str, Any]) -> str:
    """Return a row for people."""
    if row["gap"] is None:
        return f"{row['instance']:24} {row['solver']:9} no answer"
    return f"{row['instance']:24} {row['solver']:9} gap {row['gap']:7.3f} %  broken {row['broken']}  {row['took_s']} s"


if __name__ == "__main__":
    sys.exit(main())
