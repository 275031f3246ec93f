"""./run bench passes: with 2,000 and with 200,000 applications pending, on both databases.

Measured: an application (the action, a commit of its own), pages of the queue, an approval of fifty. Each database
is filled to the small number, measured, filled to the large number and measured again; the figure is the ratio.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests import postgres

Times = dict[str, dict[str, float]]
STEP = 5_000


def main() -> None:
    """Run both databases, each in a process of its own, and print one line of ratios."""
    options = read_options()
    if options.inside:
        print(json.dumps(measure(options)))
        return
    arguments = sys.argv[1:]
    ran: dict[str, Any] = {} if options.only == "postgresql" else {"sqlite": inside("SQLite", arguments, {})}
    if options.only != "sqlite" and postgres.find_programs():
        with postgres.running(is_durable=True) as server:
            ran["postgresql"] = inside("PostgreSQL", arguments, {"BIHUAN_DATABASE_URL": server.url()})
    print("BENCH " + json.dumps({"bench": "passes", "small": options.small, "large": options.large} | ran))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench passes")
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--large", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def inside(name: str, arguments: list[str], environment: dict[str, str]) -> dict[str, Any]:
    """Run this file again with a database of its own, show what it says, return it with its ratios."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_passes", "--inside", *arguments]
        done = subprocess.run(command, env=os.environ | own | environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the bench failed on {name}")
    found: Times = json.loads(done.stdout.splitlines()[-1])
    ratios = {key: round(found["large"][key] / found["small"][key], 2) for key in found["small"]}
    for key, ratio in ratios.items():
        print(
            f"{name:10} {key:28} {found['small'][key]:10} {found['large'][key]:10} {ratio:6}", file=sys.stderr
        )
    return {"small": found["small"], "large": found["large"], "ratio": ratios}


def measure(options: argparse.Namespace) -> Times:
    """Fill and measure twice."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_city", "--demo", stdout=sys.stderr)
    found = {}
    for name, count in (("small", options.small), ("large", options.large)):
        fill(count)
        found[name] = measured(options.rounds)
    return found


def fill(count: int) -> None:
    """Add waiting applications until there are ``count``."""
    from bihuan.kernel import clock
    from bihuan.kernel.ids import check_digit
    from bihuan.kernel.private import keyed_hash, seal
    from bihuan.lines.passes.models import Desk, Pass

    now, phone = clock.now(), seal("+8619900007733")
    desks = list(Desk.objects.select_related("agency"))
    known = {
        "applicant": "receiver",
        "receiver": "bench",
        "plate_colour": "yellow",
        "unit": "t",
        "quantity": 1,
    }
    for start in range(Pass.objects.count(), count, STEP):
        rows = []
        for n in range(start, min(start + STEP, count)):
            desk = desks[n % len(desks)]
            rows.append(
                Pass(
                    client_id=f"bench-{n:08}", receipt=f"{n:011}" + check_digit(f"{n:011}"),
                    plate=f"B{n:07}", goods=desk.goods,
                    agency=desk.agency, lane="a" if desk.is_express else "b", applied_at=now, valid_from=now,
                    valid_until=now + timedelta(hours=48), due_at=now + timedelta(seconds=n % 10_800),
                    origin_code="430105", destination_code="430202", phone_sealed=phone,
                    phone_hash=keyed_hash(str(n)), goods_name="bench", **known,
                )
            )  # fmt: skip
        Pass.objects.bulk_create(rows)
        print(f"  {start + len(rows):,} pending", file=sys.stderr, flush=True)


def measured(rounds: int) -> dict[str, float]:
    """Return medians in milliseconds: an application, a page for each kind of reader, an approval of fifty."""
    from django.db import connection
    from django.test import Client

    from bihuan.lines.passes import queries, reviewing
    from bihuan.spine.accounts.models import User

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    reviewer = User.objects.get(username="reviewer-passes")
    officer = User.objects.get(username="officer-health")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reviewer)

    def page() -> None:
        assert client.get("/passes/").status_code == 200

    def approve() -> None:
        rows = queries.list_queue(reviewer, limit=50).rows
        done = reviewing.approve_many(pass_ids=[row.pk for row in rows], by=reviewer)
        assert sum(one.pass_ is not None for one in done) > 0

    return {
        "application ms": median(application, rounds),
        "page, one-stop desk ms": median(page, rounds),
        "page rows, own desk ms": median(lambda: queries.list_queue(officer), rounds),
        "approval of 50 ms": median(approve, max(3, rounds // 10)),
    }


def application() -> None:
    """Take in one application."""
    from tests.lines.passes.known import make_application

    make_application(plate=next(PLATES))


PLATES = (f"湘{office}{n:05}" for office in "CDEFG" for n in range(100_000))


def median(act: Callable[[], object], rounds: int) -> float:
    """Return the median time of doing something, in milliseconds."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 2)


if __name__ == "__main__":
    main()
