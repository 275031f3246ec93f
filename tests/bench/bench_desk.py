"""./run bench desk: server time of the desk's pages with few and with very many Cases, on both databases.

Each database is filled to the small number, measured, filled to the large number and measured again. The peer,
in the same run, is the same list the plain way: a COUNT of everything and pages by OFFSET.
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

from tests import postgres

Times = dict[str, dict[str, float]]


def main() -> None:
    """Run both databases, each in a process of its own, and print one line of ratios."""
    options = read_options()
    if options.inside:
        print(json.dumps(measure(options.small, options.large, options.rounds)))
        return
    ran = {} if options.only == "postgresql" else {"sqlite": on_sqlite(sys.argv[1:])}
    if options.only != "sqlite" and postgres.find_programs():
        ran["postgresql"] = on_postgresql(sys.argv[1:])
    print("BENCH " + json.dumps({"bench": "desk", "small": options.small, "large": options.large} | ran))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench desk")
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=200, help="requests measured for each page")
    parser.add_argument("--only", choices=["sqlite", "postgresql"], default="")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def on_sqlite(arguments: list[str]) -> dict[str, object]:
    """Measure in a folder of its own."""
    return inside("SQLite", arguments, {})


def on_postgresql(arguments: list[str]) -> dict[str, object]:
    """Measure on a server of its own, each commit waiting for the disk."""
    with postgres.running(is_durable=True) as server:
        return inside("PostgreSQL", arguments, {"BIHUAN_DATABASE_URL": server.url()})


def inside(name: str, arguments: list[str], environment: dict[str, str]) -> dict[str, object]:
    """Run this file again with a database, show what it says, return its ratios."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_desk", "--inside", *arguments]
        print(f"{name}:", file=sys.stderr)
        done = subprocess.run(command, env=os.environ | own | environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the bench failed on {name}")
    found: dict[str, Times] = json.loads(done.stdout.splitlines()[-1])
    show(found)
    return ratios(found)


def measure(small: int, large: int, rounds: int) -> dict[str, Times]:
    """Fill and measure twice."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench.filling import fill

    say = lambda text: print(text, file=sys.stderr, flush=True)  # noqa: E731
    call_command("migrate", verbosity=0)
    call_command("load_city", "--demo", stdout=sys.stderr)
    found = {}
    for name, count in (("small", small), ("large", large)):
        fill(count, shown=say)
        settle()
        found[name] = time_pages(count, rounds)
    return found


def settle() -> None:
    """Let the database look at its new rows and the worker count them, as in a running city."""
    from django.db import connection

    from bihuan.spine.cases import figures

    with connection.cursor() as cursor:
        # What autovacuum does by and by in a running city: without it PostgreSQL reads rows that its index holds.
        cursor.execute("VACUUM (ANALYZE)" if connection.vendor == "postgresql" else "ANALYZE")
    began = time.perf_counter()
    figures.count()
    print(f"  figures counted in {time.perf_counter() - began:.2f} s (by the worker)", file=sys.stderr)


def time_pages(count: int, rounds: int) -> Times:
    """Return median and 95th percentile of the server time of each page, in milliseconds."""
    commander, officer = (Desk(name) for name in ("commander", "officer-power"))
    lon, lat = busiest_place()
    box = f"{lon - 0.03},{lat - 0.02},{lon + 0.03},{lat + 0.02}"
    pages: dict[str, Callable[[int], object]] = {
        "queue of the city": lambda k: commander.get("/desk/"),
        "queue of an agency": lambda k: officer.get("/desk/"),
        "queue, narrowed": lambda k: officer.get("/desk/?status=waiting&priority=urgent"),
        "case": lambda k: commander.get(f"/desk/case/{1 + (k * 7919) % count}/"),
        "map, near": lambda k: commander.get(f"/desk/map/cases.json?zoom=14&bbox={box}"),
        "map, far": lambda k: commander.get("/desk/map/cases.json?zoom=8"),
        "board": lambda k: commander.get("/desk/board/"),
        "peer: OFFSET, COUNT": plain_list,
    }
    return {name: timed(page, rounds) for name, page in pages.items()}


class Desk:
    """A member of staff who asks for pages inside this process."""

    def __init__(self, username: str) -> None:
        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
        from django.test import Client

        from bihuan.spine.accounts.models import User

        user = User.objects.get(username=username)
        self.client = Client(headers={"host": "127.0.0.1"})
        session = self.client.session
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()

    def get(self, path: str) -> None:
        """Ask for a page; anything but 200 ends the bench."""
        answer = self.client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}")


def busiest_place() -> tuple[float, float]:
    """Return where the most open Cases lie, so that the map is measured where it is fullest."""
    from bihuan.spine.cases import queries

    cell = max(queries.count_map()["cells"], key=lambda row: row["open"])
    return cell["lon"], cell["lat"]


def timed(page: Callable[[int], object], rounds: int) -> dict[str, float]:
    """Time one page, after a few requests that don't count; ``cpu_ms`` is what this process used, median."""
    spent, used = [], []
    for k in range(-5, rounds):
        began, cpu = time.perf_counter(), time.process_time()
        page(abs(k))
        if k >= 0:
            spent.append((time.perf_counter() - began) * 1000)
            used.append((time.process_time() - cpu) * 1000)
    cuts = statistics.quantiles(spent, n=100)
    return {
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(cuts[94], 2),
        "cpu_ms": round(statistics.median(used), 2),
    }


def plain_list(k: int) -> None:
    """The peer: what a list costs with a count of all rows and a page by OFFSET, before anything is drawn."""
    from bihuan.spine.cases.models import Case

    found = Case.objects.filter(is_open=True).order_by("due_at", "id").select_related("service", "agency")
    total = found.count()
    offset = (abs(k) * 100) % max(total - 100, 1)
    list(found[offset : offset + 100])


def show(found: dict[str, Times]) -> None:
    """Print a table."""
    heads = ("small median", "large median", "ratio", "large p95", "small cpu", "large cpu")
    print(f"  {'page':22}" + "".join(f"{head:>14}" for head in heads) + "  (ms)", file=sys.stderr)
    for page, few in found["small"].items():
        many = found["large"][page]
        ratio = many["median_ms"] / few["median_ms"]
        cells = (few["median_ms"], many["median_ms"], ratio, many["p95_ms"], few["cpu_ms"], many["cpu_ms"])
        print(f"  {page:22}" + "".join(f"{cell:14.2f}" for cell in cells), file=sys.stderr)


def ratios(found: dict[str, Times]) -> dict[str, object]:
    """Return, for each page, large over small, and what it takes at the large size.

    ``cpu_ratio`` is the same of the CPU time of this process: on a machine that others use too it says more.
    """
    return {
        page: {
            "ratio": round(found["large"][page]["median_ms"] / few["median_ms"], 2),
            "cpu_ratio": round(found["large"][page]["cpu_ms"] / few["cpu_ms"], 2),
            **found["large"][page],
        }
        for page, few in found["small"].items()
    }


if __name__ == "__main__":
    main()
