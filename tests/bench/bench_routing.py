"""./run bench routing: plans of published problems, ours beside PyVRP, OR-Tools and (where installed) VROOM.

Each has the same budget on the same problem in one run and in a process of its own; every plan is judged by the
engine's own judge. On a shared machine `--clock cpu` counts CPU seconds instead (of ours, divided by its threads, which
is what idle cores would take).
"""

import argparse
import json
import os
import statistics
import sys
from pathlib import Path
from typing import Any

from bihuan.engines.routing import Problem, check
from bihuan.engines.routing.vrplib import read_sol, read_vrplib
from tests.bench import gaps, routing_means
from tests.bench.machine import machine
from tests.bench.routing_child import Answer, Order, ask
from tests.bench.routing_peers import SEEDLESS, SOLVERS, why_not

ROOT = Path(__file__).resolve().parents[2]
PICTURE = ROOT / "docs/engines/routing.svg"
INSTANCES = [
    "cvrp-x/X-n513-k21", "cvrp-x/X-n1001-k43", "cvrp-xxl/Leuven1", "cvrp-xxl/Antwerp1", "cvrp-xxl/Ghent1",
    "cvrp-xxl/Brussels1", "cvrp-xxl/Flanders2", "vrptw-1000/R1_10_5", "vrptw-1000/C1_10_5", "mtvrptwr/R201R0.25",
]  # fmt: skip
Row = dict[str, Any]


def main() -> None:
    """Measure, print a table and the means, draw the picture, and end with one line of figures."""
    asked = read_options()
    folder = Path(os.environ.get("BIHUAN_SHARED") or ROOT.parent / "shared") / "data/benchmarks"
    rows: list[Row] = []
    panels: list[gaps.Panel] = []
    for name in chosen(asked, folder):
        problem = read_vrplib((folder / f"{name}.vrp").read_text())
        known = read_sol((folder / f"{name}.sol").read_text(), problem).cost
        panels.append(gaps.Panel(name.rpartition("/")[2], len(problem.stops), known))
        for solver in asked.solvers:
            row, panels[-1].tracks[solver] = measure(asked, folder / f"{name}.vrp", problem, known, solver)
            rows.append({"instance": name, "stops": len(problem.stops), "solver": solver, **row})
            if row["gap"] is None:
                panels[-1].silent[solver] = row["why"]
            print(line(rows[-1]), flush=True)
    if asked.draw:
        PICTURE.write_text(gaps.picture(panels, asked.seconds))
    report(asked, rows)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench routing", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--seeds", type=int, default=1, help="the median counts; OR-Tools and VROOM draw no lots"
    )
    parser.add_argument("--threads", type=int, default=2, help="of ours and VROOM; the others have one")
    parser.add_argument("--clock", choices=["wall", "cpu"], default="wall")
    parser.add_argument("--instances", nargs="*", default=[], help="like cvrp-xxl/Antwerp1")
    parser.add_argument(
        "--sets", nargs="*", default=[], help="every instance of these: cvrp-x cvrp-xxl vrptw-1000 …"
    )
    parser.add_argument("--solvers", nargs="*", default=list(SOLVERS), choices=list(SOLVERS))
    parser.add_argument("--draw", action="store_true", help=f"gap over time into {PICTURE.relative_to(ROOT)}")
    return parser.parse_args()


def chosen(asked: argparse.Namespace, folder: Path) -> list[str]:
    """Return the problems to be solved, those of whole sets after those that are named."""
    names = [f"{each}/{path.stem}" for each in asked.sets for path in sorted((folder / each).glob("*.vrp"))]
    wanted = [*asked.instances, *names] or INSTANCES
    return [name for name in dict.fromkeys(wanted) if (folder / f"{name}.vrp").exists()]


def measure(
    asked: argparse.Namespace, file: Path, problem: Problem, known: int, solver: str
) -> tuple[Row, gaps.Track]:
    """Return a row of figures over all seeds, and how the first seed went."""
    if why := why_not(solver, problem):
        return {"gap": None, "why": why}, []
    count = 1 if solver in SEEDLESS else asked.seeds
    orders = [
        Order(str(file), solver, asked.seconds, seed, asked.threads, asked.clock)
        for seed in range(1, count + 1)
    ]
    answers = [ask(order) for order in orders]
    return figures(problem, known, answers), answers[0].track


def figures(problem: Problem, known: int, answers: list[Answer]) -> Row:
    """Return the median gap of some answers, or why there is none: a plan that breaks a rule is no answer."""
    spent = {
        "took_s": round(max(answer.took_s for answer in answers), 1),
        "gb": round(max(answer.gb for answer in answers), 2),
    }
    if why := next((answer.why for answer in answers if answer.plan is None), ""):
        return {"gap": None, "why": why, **spent}
    plans = [answer.plan for answer in answers if answer.plan]
    if broken := sum(len(check(problem, plan)) for plan in plans):
        return {"gap": None, "why": f"its plan breaks {broken} rules", **spent}
    costs = [plan.cost for plan in plans]
    gap = 100 * (statistics.median(costs) / known - 1)
    return {"gap": round(gap, 3), "costs": costs, **spent}


def line(row: Row) -> str:
    """Return a row for people."""
    spent = f"{row['took_s']:6.1f} s {row['gb']:6.2f} GB" if row.get("gb") else ""
    found = f"no answer ({row['why']})" if row["gap"] is None else f"gap {row['gap']:7.3f} %"
    return f"{row['instance']:24} {row['stops']:6} {row['solver']:9} {found} {spent}".rstrip()


def report(asked: argparse.Namespace, rows: list[Row]) -> None:
    """Print the means of the sets, and everything again in one line for machines."""
    means, against = routing_means.means(rows), routing_means.against(rows)
    print(*map(routing_means.line, means), *map(routing_means.line_against, against), sep="\n")
    how = {name: getattr(asked, name) for name in ("seconds", "seeds", "threads", "clock")}
    told = {"bench": "routing", "machine": machine(), **how, "rows": rows, "means": means, "against": against}
    print("BENCH " + json.dumps(told))


if __name__ == "__main__":
    sys.exit(main())
