"""./run bench clocks: all clocks of a million open Cases counted anew, and the tick that finds what is due.

Each database is filled to the small number and to the large one, and the tick is measured in both. Then a calendar by
which every Case is counted is edited, and the worker's own step counts them all anew, each with its Event. The peer, in
the same run, does the same to some thousands of them the plain way: one Case after another through the ORM.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import postgres

DUE = 500
OPENED = """
    UPDATE cases_case SET is_open = %s, ended_at = NULL, outcome = '', level_id = %s,
           agency_id = coalesce(agency_id, 1),
           status = CASE WHEN id %% 4 = 0 THEN 'waiting' ELSE 'working' END, dispatched_at = opened_at,
           handed_at = opened_at, accepted_at = CASE WHEN id %% 4 = 0 THEN NULL ELSE opened_at END,
           opened_at = CASE WHEN id %% 3 = 0 THEN %s ELSE %s END, breached_at = %s, due_at = %s, next_rung_at = %s
"""


def main() -> None:
    """Run both databases, each in a process of its own, and print one line of figures."""
    options = read_options()
    if options.inside:
        print(json.dumps(measure(options)))
        return
    ran: dict[str, object] = {}
    if options.only != "postgresql":
        ran["sqlite"] = inside("SQLite", {})
    if options.only != "sqlite" and postgres.find_programs():
        with postgres.running(is_durable=True) as server:
            ran["postgresql"] = inside("PostgreSQL", {"BIHUAN_DATABASE_URL": server.url()})
    print("BENCH " + json.dumps({"bench": "clocks", "small": options.small, "large": options.large} | ran))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench clocks")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--peer", type=int, default=2_000, help="how many the plain way does")
    parser.add_argument("--rounds", type=int, default=200, help="ticks measured at each size")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def inside(name: str, environment: dict[str, str]) -> dict[str, object]:
    """Run this file again with a database and return what it found."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_clocks", "--inside", *sys.argv[1:]]
        say(f"{name}:")
        done = subprocess.run(command, env=os.environ | own | environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the bench failed on {name}")
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    for key, value in found.items():
        say(f"  {key}: {value}")
    return found


def say(text: str) -> None:
    """Tell whoever waits; the last line on the other stream is for machines."""
    print(text, file=sys.stderr, flush=True)


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Fill, tick, fill, tick, count anew, and count a few the plain way."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench.filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_city", stdout=sys.stderr)
    ticks = {}
    for name, count in (("small", options.small), ("large", options.large)):
        fill(count, shown=say, only_cases=True)
        prepare()
        ticks[name] = time_ticks(options.rounds)
    medians = {part: round(ticks["large"][part][0] / ticks["small"][part][0], 2) for part in ticks["large"]}
    return {
        "tick_ms": {part: {"median": pair[0], "p95": pair[1]} for part, pair in ticks["large"].items()},
        "tick_small_ms": {part: pair[0] for part, pair in ticks["small"].items()},
        "tick_ratio": medians,
        **count_anew(options.large, options.peer),
    }


def prepare() -> None:
    """Open every Case by one level, with its clocks in the future but for a fixed number that is due."""
    from django.db import connection

    from bihuan.kernel import clock
    from bihuan.spine.cases.models import Case, Level

    now, level = clock.now(), Level.objects.filter(calendar__code="working").order_by("-resolve_min")[0]
    adapt = connection.ops.adapt_datetimefield_value
    days = [adapt(now - timedelta(days=n)) for n in (1, 2)]
    ahead = adapt(now + timedelta(days=20))
    with connection.cursor() as cursor:
        cursor.execute(OPENED, [True, level.pk, *days, None, ahead, ahead])
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
    due = list(Case.objects.order_by("id").values_list("pk", flat=True)[:DUE])
    Case.objects.filter(pk__in=due).update(due_at=now, next_rung_at=now)


def time_ticks(rounds: int) -> dict[str, tuple[float, float]]:
    """Return median and 95th percentile, in ms, of finding what has failed and what the ladder has to climb."""
    from bihuan.kernel import clock
    from bihuan.spine.cases import deadlines
    from bihuan.spine.cases.ladder import climbing

    ticks: dict[str, Callable[[], object]] = {
        "failed": lambda: list(deadlines.late()[: deadlines.BATCH]),
        "rungs": lambda: list(climbing.due(clock.now()).values_list("pk", flat=True)[: deadlines.BATCH]),
    }
    return {name: timed(tick, rounds) for name, tick in ticks.items()}


def timed(tick: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Time a tick, after a few that don't count."""
    spent = []
    for k in range(-10, rounds):
        began = time.perf_counter()
        tick()
        if k >= 0:
            spent.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(spent), 2), round(statistics.quantiles(spent, n=100)[94], 2)


def count_anew(count: int, peer: int) -> dict[str, Any]:
    """Edit the calendar and let the worker's step go on until nothing is left; then the peer."""
    from bihuan.spine.audit.models import Event
    from bihuan.spine.cases.models import Calendar, Recount
    from bihuan.spine.cases.promises import recount

    calendar = Calendar.objects.get(code="working")
    edit(calendar, "08:00")
    recount.begin_recount(by=None, calendar=calendar)
    before_mb, began, longest = memory_mb(), time.perf_counter(), 0.0
    while True:
        step = time.perf_counter()
        if not recount.recount_some():
            break
        longest = max(longest, time.perf_counter() - step)
    spent_s = time.perf_counter() - began
    changed = Recount.objects.get().changed_count
    if changed != count or Event.objects.filter(verb=recount.VERB).count() != count:
        sys.exit(f"{changed} of {count} were counted anew")
    peer_s = plainly(calendar, peer)
    return {
        "recount_s": round(spent_s, 1),
        "cases_a_second": round(count / spent_s),
        "longest_step_ms": round(longest * 1000),
        "more_memory_mb": round(memory_mb() - before_mb),
        "peer_cases_a_second": round(peer / peer_s),
        "times": round(peer_s / peer * count / spent_s, 1),
    }


def edit(calendar: Any, opens: str) -> None:
    """Have the offices open earlier."""
    from bihuan.kernel import clock

    calendar.hours = {str(day): [[opens, "12:00"], ["14:00", "17:30"]] for day in range(5)}
    calendar.changed_at = clock.now()
    calendar.save()


def plainly(calendar: Any, peer: int) -> float:
    """The peer: the same to some Cases, one after another through the ORM; return the seconds."""
    from django.db import transaction

    from bihuan.kernel import clock
    from bihuan.spine.audit.actions import SYSTEM
    from bihuan.spine.cases import changes
    from bihuan.spine.cases.models import Case
    from bihuan.spine.cases.promises import clocks

    edit(calendar, "07:30")
    began = time.perf_counter()
    related = ("service", "level__calendar", "level__agreement")
    numbers = list(Case.objects.filter(is_open=True).order_by("id").values_list("pk", flat=True)[:peer])
    for number in numbers:
        with transaction.atomic():
            case = Case.objects.select_for_update(of=("self",)).select_related(*related).get(pk=number)
            changes.write(case, "recounted", SYSTEM, **clocks.recomputed(case, clock.now(), case.level))
    return time.perf_counter() - began


def memory_mb() -> float:
    """Return the most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
