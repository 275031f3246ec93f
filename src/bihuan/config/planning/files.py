"""Reading problems and plans from files, writing plans, and showing how far the work is."""

import sys
import time
from pathlib import Path

from django.core.management import CommandError

from bihuan.engines.routing import Plan, Problem
from bihuan.engines.routing.jsonform import read_plan, read_problem, write_json
from bihuan.engines.routing.solomon import read_solomon
from bihuan.engines.routing.vrplib import Unreadable, read_sol, read_vrplib, write_sol

BAR = 30


def problem_in(path: Path) -> Problem:
    """Read a problem: Bihuan's JSON, VRPLIB (.vrp) or Solomon's form (.txt)."""
    try:
        text = path.read_text()
        if path.suffix == ".json":
            return read_problem(text)
        return read_solomon(text) if path.suffix == ".txt" else read_vrplib(text)
    except (Unreadable, OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


def plan_in(path: Path, problem: Problem) -> Plan:
    """Read a plan: Bihuan's JSON or VRPLIB's form (.sol)."""
    try:
        text = path.read_text()
        return read_sol(text, problem) if path.suffix == ".sol" else read_plan(text)
    except (Unreadable, OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


def write_plan(path: Path, problem: Problem, plan: Plan) -> None:
    """Write a plan in the form that the name of the file asks for."""
    if path.suffix == ".sol":
        path.write_text(write_sol(problem, plan))
    else:
        path.write_bytes(write_json(plan))


class Bar:
    """A line that grows while the work is done; silent where nobody watches."""

    def __init__(self) -> None:
        self.is_watched = sys.stderr.isatty()
        self.began_s = time.monotonic()

    def __call__(self, share: float, cost: int) -> None:
        """Draw the line anew."""
        if self.is_watched:
            drawn = ("█" * int(share * BAR)).ljust(BAR, "·")
            passed = time.monotonic() - self.began_s
            print(
                f"\r{drawn} {share:4.0%}  {passed:5.1f} s  cost {cost:,}   ",
                end="",
                file=sys.stderr,
                flush=True,
            )

    def end(self) -> None:
        """Leave the line."""
        if self.is_watched:
            print(file=sys.stderr)
