"""./run bench open311: lists and asks a second through the Open311 face, beside a bare Django view over the tables.

Both are asked through all of Django inside this process, on SQLite with synchronous=FULL, taking turns. The peer
lists the same columns with ``values()`` under the middleware of ``startproject``, knows no rule of what may be shown,
and creates the row with the ORM without looking at it.
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
from dataclasses import dataclass
from functools import partial
from typing import Any

ASK = {
    "service_code": "power_failure", "lat": "27.8274", "long": "113.1325", "attribute[extent]": "home",
    "attribute[matter]": "out", "first_name": "Ana", "phone": "19900005526",
}  # fmt: skip
Found = dict[str, list[float]]


def main() -> None:
    """Measure in a process and a folder of its own; print one line of ratios."""
    asked = read_options()
    if asked.inside:
        print(json.dumps(measure(asked.cases, asked.rounds)))
        return
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_open311", *sys.argv[1:], "--inside"]
        done = subprocess.run(command, env=os.environ | own, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit("the bench failed")
    print("BENCH " + json.dumps({"bench": "open311", "cases": asked.cases} | shown(json.loads(done.stdout))))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench open311")
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument(
        "--rounds", type=int, default=30, help="lists of 1,000 measured; ten times as many asks"
    )
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(cases: int, rounds: int) -> Found:
    """Fill a city and let both take turns; return seconds for each request."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client, override_settings

    from tests.bench import bare_open311
    from tests.bench.filling import fill

    call_command("migrate", verbosity=0)
    call_command("load_city", "--demo", stdout=sys.stderr)
    fill(cases, shown=say)
    ours, bare, key = Client(headers={"host": "127.0.0.1"}), Client(headers={"host": "127.0.0.1"}), make_key()
    found: Found = {}
    for k in range(rounds):
        asks = [ask(k * 10 + j) for j in range(10)]
        take_turn(
            found,
            "",
            Peer(ours.get, ours.post, "/open311/v2/requests.json", "page=2&page_size=50"),
            asks,
            key,
        )
        with override_settings(ROOT_URLCONF=bare_open311.__name__, MIDDLEWARE=bare_open311.MIDDLEWARE):
            take_turn(found, "bare_", Peer(bare.get, bare.post, "/requests.json", "page=2"), asks, "")
        note(found, "list_xml", lambda: ours.get("/open311/v2/requests.xml"))
    check_rows(rounds)
    return found


@dataclass(frozen=True)
class Peer:
    """One of the two: how it is asked, at which address, and how it is asked for a page."""

    get: Callable[[str], Any]
    post: Callable[[str, dict[str, str]], Any]
    address: str
    page: str


def take_turn(found: Found, name: str, peer: Peer, asks: list[dict[str, str]], key: str) -> None:
    """Ask one of the two for a list and a page, and hand asks in."""
    note(found, f"{name}list_json", lambda: peer.get(peer.address))
    note(found, f"{name}page", lambda: peer.get(f"{peer.address}?{peer.page}"))
    for said in asks:
        note(found, f"{name}create", partial(peer.post, peer.address, said | {"api_key": key}))


def make_key() -> str:
    """Return a key of a peer."""
    from bihuan.spine.accounts.models import User
    from bihuan.spine.accounts.tokens import issue

    return issue(User.objects.create_user("peer"), "bench")


def ask(number: int) -> dict[str, str]:
    """Return an ask that is like no other."""
    return {**ASK, "description": f"No light on the stairs since seven, number {number}."}


def note(found: Found, name: str, request: Callable[[], Any]) -> None:
    """Make a request and keep how long it took; anything but 200 ends the bench."""
    began = time.perf_counter()
    answer = request()
    found.setdefault(name, []).append(time.perf_counter() - began)
    if answer.status_code != 200:
        sys.exit(f"{name} answered {answer.status_code}: {answer.content[:300]!r}")
    if name.endswith("list_json") and len(answer.json()) != 1000:
        sys.exit(f"a list held {len(answer.json())} requests")


def check_rows(rounds: int) -> None:
    """Count the rows: every ask that was answered must be there, once."""
    from bihuan.spine.door.models import Submission

    for channel in ("open311", "bare"):
        rows = Submission.objects.filter(channel=channel).count()
        if rows != rounds * 10:
            sys.exit(f"{channel}: {rounds * 10} answered, {rows} rows")


def shown(found: Found) -> dict[str, float]:
    """Show a table; return rates and ratios of medians."""
    rates = {name: 1 / statistics.median(spent) for name, spent in found.items()}
    for name, rate in rates.items():
        say(f"  {name:12} {rate:8,.0f}/s   median {1000 / rate:.1f} ms")
    of_bare = {
        "list_of_bare": rates["list_json"] / rates["bare_list_json"],
        "page_of_bare": rates["page"] / rates["bare_page"],
        "create_of_bare": rates["create"] / rates["bare_create"],
    }
    return {name: round(value, 2) for name, value in (rates | of_bare).items()}


def say(text: str) -> None:
    """Tell the person, beside the one line for machines."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
