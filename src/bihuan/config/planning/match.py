"""``bihuan plan match OFFERS.csv NEEDS.csv``: who gives what to whom, how fair it is, and what that costs."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.core.management import CommandError

from bihuan.config.planning.roads import road_seconds
from bihuan.engines.matching import Aims, Plan, Problem, Report, bound, check, efficient, link, solve
from bihuan.engines.matching.picture import coverage_picture
from bihuan.engines.matching.rows import (
    NEED,
    OFFER,
    SUBSTITUTE,
    Columns,
    Table,
    offers_and_needs,
    read_table,
    substitutes_of,
    write_plan,
)
from bihuan.kernel import clock

SHOWN = 20  # faults that are printed


def match(arguments: Sequence[str]) -> int:
    """Plan, write what was asked for, and say how good it is; 1 when a row was left out or a rule is broken."""
    asked = _parser().parse_args(arguments)
    if asked.closed and not asked.roads:
        raise CommandError("--closed closes roads: say which by --roads")
    problem, faults = _problem(asked)
    if faults and not asked.skip_faults:
        raise CommandError(
            "\n".join([*faults[:SHOWN], f"{len(faults)} faults; mend them, or say --skip-faults"])
        )
    plan = solve(problem, seconds=asked.seconds, seed=asked.seed)
    beside = solve(efficient(problem), seconds=asked.seconds, seed=asked.seed)
    _write(asked, problem, plan, beside)
    is_sound = _tell(problem, plan, beside)
    for fault in faults[:SHOWN]:
        print(f"left out: {fault}")
    return 0 if is_sound and not faults else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan plan match", description=__doc__)
    parser.add_argument("offers", type=Path, metavar="OFFERS.csv", help=f"columns {', '.join(OFFER)}")
    parser.add_argument("needs", type=Path, metavar="NEEDS.csv", help=f"columns {', '.join(NEED)}")
    parser.add_argument("--substitutes", type=Path, metavar="CSV", help=f"columns {', '.join(SUBSTITUTE)}")
    parser.add_argument("--out", type=Path, metavar="PLAN.csv", help="write the plan: offer, need, quantity")
    parser.add_argument(
        "--picture", type=Path, metavar="SVG", help="draw the coverage (by default beside --out)"
    )
    parser.add_argument("--tiers", type=int, default=5, help="slices of shortage; 1 minds only the sum (5)")
    parser.add_argument(
        "--worst-off-first", action="store_true", help="lexicographic fairness before transport"
    )
    parser.add_argument("--nearest", type=int, default=0, help="keep so many links of each; 0 keeps all (0)")
    parser.add_argument(
        "--roads",
        type=Path,
        metavar="OSM",
        help="count ways on these roads (.osm.pbf, .osm.gz), not straight ones",
    )
    parser.add_argument(
        "--closed", type=Path, metavar="GEOJSON", help="areas that nobody may drive into, with --roads"
    )
    parser.add_argument("--seconds", type=float, default=10.0, help="for whole packs and lots (10)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--today", type=date.fromisoformat, help="the day from which expiry counts (today)")
    parser.add_argument("--skip-faults", action="store_true", help="plan without the rows that can't be read")
    return parser


def _problem(asked: argparse.Namespace) -> tuple[Problem, list[str]]:
    """Return the problem in the files, and what was wrong in them."""
    offers, needs = _table(asked.offers, OFFER, "name"), _table(asked.needs, NEED, "name")
    stands_in = _table(asked.substitutes, SUBSTITUTE) if asked.substitutes else Table()
    today = asked.today or clock.now().date()
    given, lacking, kinds, lost = offers_and_needs(offers, needs, today)
    files = (
        (asked.offers, [*offers.faults, *lost]),
        (asked.needs, needs.faults),
        (asked.substitutes, stands_in.faults),
    )
    faults = [f"{path} {fault}" for path, found in files for fault in found]
    substitutes = substitutes_of(stands_in, kinds)
    road_s = road_seconds(asked.roads, asked.closed, given, lacking) if asked.roads else None
    links = link(given, lacking, substitutes, nearest=asked.nearest, road_s=road_s)
    aims = Aims(tiers=asked.tiers, is_lexicographic=asked.worst_off_first)
    try:
        return Problem(given, lacking, links, aims, tuple(substitutes)), faults
    except ValueError as error:
        raise CommandError(str(error)) from error


def _table(path: Path, columns: Columns, unique: str = "") -> Table:
    try:
        return read_table(path.read_text(encoding="utf-8"), columns, unique=unique)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


def _write(asked: argparse.Namespace, problem: Problem, plan: Plan, beside: Plan) -> None:
    drawing = asked.picture or (asked.out.with_suffix(".svg") if asked.out else None)
    curves = {"efficient": beside.coverage(problem), "fair": plan.coverage(problem)}
    try:
        if asked.out:
            asked.out.write_text(write_plan(problem, plan), encoding="utf-8")
        if drawing:
            drawing.write_text(coverage_picture(curves, "Coverage of needs"), encoding="utf-8")
    except OSError as error:
        raise CommandError(str(error)) from error


def _tell(problem: Problem, plan: Plan, beside: Plan) -> bool:
    """Print the figures; return whether no rule is broken."""
    fair, plain = Report.on(problem, plan), Report.on(problem, beside)
    print(f"{'':24}{'fair':>14}{'efficient':>14}")
    for words, one, other in (
        ("served", f"{fair.served:.1%}", f"{plain.served:.1%}"),
        ("needs with nothing", fair.with_nothing, plain.with_nothing),
        ("lowest coverage", f"{fair.least:.1%}", f"{plain.least:.1%}"),
        ("Gini of coverage", f"{fair.gini:.3f}", f"{plain.gini:.3f}"),
        ("transport, unit-km", f"{fair.transport_m / 1000:,.0f}", f"{plain.transport_m / 1000:,.0f}"),
        ("left to spoil, units", f"{fair.wasted:,}", f"{plain.wasted:,}"),
        ("matches", f"{fair.matches:,}", f"{plain.matches:,}"),
    ):
        print(f"{words:24}{one:>14}{other:>14}")
    print(f"price of fairness: {fair.price_over(plain):+.1%} transport")
    print(f"cost {fair.cost_m:,} m; no plan costs less than {bound(problem):,} m")
    found = check(problem, plan)
    for violation in found[:SHOWN]:
        print(f"broken: {violation.rule}: {violation.words}")
    print("no rule is broken" if not found else f"{len(found)} broken")
    return not found
