"""``bihuan plan routes FILE``: a plan of routes, a picture of it, and how good it is."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from django.core.management import CommandError

from bihuan.config.planning.files import Bar, plan_in, problem_in, write_plan
from bihuan.engines.routing import Budget, Impossible, Plan, Problem, bound, check, solve
from bihuan.engines.routing.geojson import geojson
from bihuan.engines.routing.picture import picture
from bihuan.engines.routing.vrplib import Unreadable


def routes(arguments: Sequence[str]) -> int:
    """Plan, write what was asked for, and say how good it is; 1 when a rule is broken."""
    asked = _parser().parse_args(arguments)
    problem = problem_in(asked.file)
    start = plan_in(asked.start, problem) if asked.start else None
    bar = Bar()
    try:
        plan = solve(problem, Budget(asked.seconds, asked.iterations), asked.seed, asked.threads, bar, start)
    except Impossible as error:
        raise CommandError(f"{asked.file}: {error}") from error
    bar.end()
    write(asked, problem, plan)
    return tell(problem, plan)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan plan routes", description=__doc__)
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="Bihuan's JSON, VRPLIB (.vrp) or Solomon's form (.txt)"
    )
    add_budget(parser, 30.0)
    parser.add_argument("--start", type=Path, metavar="PLAN", help="begin from this plan")
    parser.add_argument(
        "--out", type=Path, metavar="PLAN", help="write the plan: .json, or .sol in VRPLIB's form"
    )
    parser.add_argument(
        "--picture", type=Path, metavar="SVG", help="write a picture (by default beside --out)"
    )
    parser.add_argument("--geojson", type=Path, metavar="FILE", help="write lines and points in WGS 84")
    return parser


def add_budget(parser: argparse.ArgumentParser, seconds: float) -> None:
    """Add the options that say how long to plan, by default for so many seconds, and how."""
    parser.add_argument("--seconds", type=float, default=seconds, help=f"how long to go on ({seconds:.0f})")
    parser.add_argument(
        "--iterations", type=int, help="stop after so much work; with one thread the plan is repeatable"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)


def write(asked: argparse.Namespace, problem: Problem, plan: Plan) -> None:
    """Write the plan and its pictures."""
    drawing = asked.picture or (asked.out.with_suffix(".svg") if asked.out else None)
    try:
        if asked.out:
            write_plan(asked.out, problem, plan)
        if drawing:
            drawing.write_text(picture(problem, plan))
        if asked.geojson:
            asked.geojson.write_text(json.dumps(geojson(problem, plan)))
    except (OSError, Unreadable) as error:
        raise CommandError(str(error)) from error


def tell(problem: Problem, plan: Plan) -> int:
    """Print what a plan costs and what it breaks; return 1 when it breaks a rule."""
    below = bound(problem)
    left_out = plan.skipped(problem)
    print(f"cost {plan.cost:,}; no plan costs less than {below:,}")
    print(
        f"{len(plan.trips)} trips to {len(plan.served())} of {len(problem.stops)} stops; {len(left_out)} left out"
    )
    found = check(problem, plan)
    for violation in found:
        print(f"broken: {violation}")
    print("no rule is broken" if not found else f"{len(found)} broken")
    return 1 if found else 0
