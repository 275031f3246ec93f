"""``bihuan plan again FILE PLAN --now SECONDS``: the rest of a day after what has happened, every change told."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from django.core.management import CommandError

from bihuan.config.planning.files import Bar, plan_in, problem_in
from bihuan.config.planning.happened import added_in, broken_in, cancelled_in, with_places
from bihuan.config.planning.routes import add_budget, tell
from bihuan.engines.routing import Budget, Impossible, Plan, Problem, check, problems
from bihuan.engines.routing.jsonform import write_json
from bihuan.engines.routing.news import Added, Change, News, Replanned
from bihuan.engines.routing.picture import picture
from bihuan.engines.routing.replan import replan


def again(arguments: Sequence[str]) -> int:
    """Plan the rest of a day, write it, and tell every change; 1 when a rule is broken."""
    asked = _parser().parse_args(arguments)
    _refuse_targets(asked)
    added = added_in(asked.added) if asked.added else Added()
    problem = with_places(problem_in(asked.file), added, asked.added)
    plan = _plan(asked, problem)
    news = News(
        asked.now,
        cancelled=cancelled_in(problem, asked.cancelled),
        added=added.stops,
        added_pairs=added.pairs,
        broken=broken_in(problem, asked.broken),
        move_price=asked.move_price,
    )
    found = _planned(asked, problem, plan, news)
    _write(asked, found)
    for change in found.changes:
        print(in_words(change))
    print(f"{len(found.past)} stops are past, {len(found.changes)} changes")
    return tell(found.problem, found.plan)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan plan again", description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="the problem")
    parser.add_argument("plan", type=Path, metavar="PLAN", help="the plan in force: .json or .sol")
    parser.add_argument("--now", type=int, required=True, metavar="SECONDS", help="the time, as in FILE")
    parser.add_argument(
        "--cancelled", nargs="+", action="extend", default=[], metavar="STOP", help="names of stops"
    )
    parser.add_argument(
        "--added",
        type=Path,
        metavar="FILE",
        help="new stops and pairs: stops, pairs, travel in Bihuan's JSON",
    )
    parser.add_argument(
        "--broken", nargs="+", action="extend", default=[], metavar="VEHICLE[:UNIT]", help="out of service"
    )  # fmt: skip
    parser.add_argument(
        "--move-price", type=int, default=0, help="cost of another vehicle coming than was told (0)"
    )
    add_budget(parser, 10.0)
    parser.add_argument(
        "--out", type=Path, metavar="PLAN", help="write the plan (.json), and a picture beside it"
    )
    parser.add_argument(
        "--rest", type=Path, metavar="FILE", help="write the rest of the day as a problem (.json)"
    )
    return parser


def _refuse_targets(asked: argparse.Namespace) -> None:
    """Refuse what can't be written before anything is planned."""
    for path in (asked.out, asked.rest):
        if path and path.suffix != ".json":
            raise CommandError(f"{path}: the rest of a day is written as .json")
        if path and (path.is_dir() or not path.parent.is_dir()):
            raise CommandError(f"{path}: this can't be written")
    if asked.move_price < 0:
        raise CommandError("--move-price can't be below 0")


def _plan(asked: argparse.Namespace, problem: Problem) -> Plan:
    """Return the plan in force; it may leave out whom nobody could serve, and breaks no other rule."""
    if wrong := problems(problem):
        raise CommandError(f"{asked.file}: {'; '.join(wrong)}")
    plan = plan_in(asked.plan, problem)
    broken = [fault for fault in check(problem, plan) if fault.rule not in ("unserved", "cost")]
    if broken:
        raise CommandError(f"{asked.plan}: {broken[0]} ({len(broken)} broken; bihuan plan check lists them)")
    return plan


def _planned(asked: argparse.Namespace, problem: Problem, plan: Plan, news: News) -> Replanned:
    bar, budget = Bar(), Budget(asked.seconds, asked.iterations)
    try:
        found = replan(problem, plan, news, budget, asked.seed, asked.threads, bar)
    except Impossible as error:
        raise CommandError(f"{asked.added or asked.file}: {error}") from error
    bar.end()
    return found


def _write(asked: argparse.Namespace, found: Replanned) -> None:
    wanted = [(asked.rest, write_json(found.problem))] if asked.rest else []
    if asked.out:
        drawn = picture(found.problem, found.plan).encode()
        wanted += [(asked.out, write_json(found.plan)), (asked.out.with_suffix(".svg"), drawn)]
    try:
        for path, content in wanted:
            path.write_bytes(content)
    except OSError as error:
        raise CommandError(str(error)) from error


def in_words(change: Change) -> str:
    """Return a change as a line to print."""
    who = " to ".join(name for name in (change.before, change.after) if name)
    return f"{change.stop}: {change.what}{f' ({who})' if who else ''}: {change.why}"
