"""``bihuan plan check FILE PLAN``: every rule that a plan of routes breaks, and what it costs."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.core.management import CommandError

from bihuan.config.planning.files import plan_in, problem_in
from bihuan.config.planning.routes import tell
from bihuan.engines.routing import problems


def check(arguments: Sequence[str]) -> int:
    """Judge a plan; 1 when it breaks a rule."""
    parser = argparse.ArgumentParser(prog="bihuan plan check", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="the problem")
    parser.add_argument("plan", type=Path, metavar="PLAN", help="the plan: .json or .sol")
    asked = parser.parse_args(arguments)
    problem = problem_in(asked.file)
    if wrong := problems(problem):
        raise CommandError("; ".join(wrong))
    return tell(problem, plan_in(asked.plan, problem))
