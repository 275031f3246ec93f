"""./run bench door: durable accepts per second through HTTP, beside the database's raw rate and a plain view.

All in one run, on SQLite with synchronous=FULL and on PostgreSQL with fsync: (a) the same row, one row one commit,
without HTTP; (b) a Django view that makes the same row with the ORM under granian; then the door with 16, 64 and
256 clients, and a burst sent as fast as clients can. Every rate of the door is checked against the rows in the table.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bihuan.config.processes import die_with_parent
from tests import postgres

CLIENTS = (16, 64, 256)
AT = 64
DOOR = ("bihuan.config.door:door", "--interface", "asgi")
PLAIN = ("tests.bench.plain_view:make", "--interface", "wsgi", "--blocking-threads", "1")
Found = dict[str, Any]


@dataclass(frozen=True)
class Server:
    """A server with one worker: its port and the worker's process."""

    port: int
    worker: int

    def cpu_s(self) -> float:
        """Return the CPU time that the worker has used, in seconds."""
        fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Run both databases, each in a process of its own, and print one line of ratios."""
    asked = read_options()
    if asked.inside:
        print(json.dumps(measure(asked.inside, asked.seconds, asked.rounds, asked.burst)))
        return
    ran = {"sqlite": inside("SQLite, synchronous=FULL", "sqlite", {})}
    if postgres.find_programs():
        with postgres.running(is_durable=True) as server:
            environment = {"BIHUAN_DATABASE_URL": server.url(), "BENCH_PG_FOLDER": str(server.folder)}
            ran["postgresql"] = inside("PostgreSQL, fsync", str(server.port), environment)
    print("BENCH " + json.dumps({"bench": "door", "clients": AT} | ran))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench door")
    parser.add_argument("--seconds", type=float, default=5, help="how long each rate is measured, each round")
    parser.add_argument(
        "--rounds", type=int, default=3, help="rounds; raw, plain and door take turns in each"
    )
    parser.add_argument("--burst", type=int, default=100_000, help="how many asks the burst holds")
    parser.add_argument("--inside", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def inside(name: str, which: str, environment: dict[str, str]) -> Found:
    """Run this file again over a database of its own, show what it found, return the ratios."""
    print(f"{name}:", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_door", *sys.argv[1:], "--inside", which]
        done = subprocess.run(command, env=os.environ | own | environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the bench failed on {name}")
    return ratios(json.loads(done.stdout.splitlines()[-1]))


def measure(which: str, seconds: float, rounds: int, burst: int) -> Found:
    """Let raw, plain and door take turns, so that whatever else the machine does falls on all alike."""
    prepare()
    found: Found = {"raw": [], "raw16": [], "plain": [], "door": {str(count): [] for count in CLIENTS}}
    for k in range(rounds):
        measure_raw(found, which, seconds)
        with server(PLAIN) as plain:
            found["plain"].append(
                load(plain, AT, f"plain{k}-", "--path", "/plain", "--seconds", str(seconds))
            )
        with server(DOOR) as door:
            for count in CLIENTS:
                prefix = f"door{k}-{count}-"
                found["door"][str(count)].append(
                    checked(load(door, count, prefix, "--seconds", str(seconds)), prefix)
                )
    with server(DOOR) as door:
        found["burst"] = checked(load(door, 256, "burst-", "--count", str(burst)), "burst-")
    return found


def prepare() -> None:
    """Make the tables and the services."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("load_city", "--small", stdout=sys.stderr)


def measure_raw(found: Found, which: str, seconds: float) -> None:
    """Measure the database without HTTP: one connection, and on PostgreSQL sixteen too."""
    from django.conf import settings

    from tests.bench.raw_rate import postgresql_rate, sqlite_rate

    folder = Path(os.environ["BIHUAN_VAR"])
    if which == "sqlite":
        found["raw"].append(sqlite_rate(settings.DATABASES["default"]["NAME"], seconds))
        return
    programs = postgres.find_programs()
    assert programs
    there = postgres.Server(int(which), 0, Path(os.environ["BENCH_PG_FOLDER"]), programs)
    database = settings.DATABASES["default"]["NAME"]
    found["raw"].append(postgresql_rate(there, database, 1, seconds, folder))
    found["raw16"].append(postgresql_rate(there, database, 16, seconds, folder))


@contextmanager
def server(app: Sequence[str]) -> Iterator[Server]:
    """Serve an application with one worker until the block ends."""
    port = postgres.free_port()
    command = [sys.executable, "-m", "granian", *app, "--factory", "--port", str(port), "--no-ws"]
    process = subprocess.Popen(
        [*command, "--log-level", "error"],
        preexec_fn=die_with_parent,  # noqa: PLW1509  # one call to the kernel
    )
    try:
        wait_until_up(port)
        yield Server(
            port, int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])
        )
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def wait_until_up(port: int) -> None:
    """Wait until something answers, whatever it says."""
    for _ in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nothing", timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("a server did not start")


def load(server: Server, clients: int, prefix: str, *options: str) -> Found:
    """Send asks from a process of its own."""
    command = [
        sys.executable,
        "-m",
        "tests.bench.load",
        str(server.port),
        "--clients",
        str(clients),
        "--prefix",
        prefix,
    ]
    before = server.cpu_s()
    done = subprocess.run([*command, *options], stdout=subprocess.PIPE, text=True, check=True)
    found: Found = json.loads(done.stdout)
    found["cpu_us"] = round((server.cpu_s() - before) / max(found["accepted"], 1) * 1e6)
    if found["broken"]:
        sys.exit(f"{found['broken']} asks were answered neither with a receipt nor with 503")
    return found


def checked(found: Found, prefix: str) -> Found:
    """Count the rows: every ask that was acknowledged must be there, once."""
    from django.db import connection

    from bihuan.spine.door.models import Submission

    rows = Submission.objects.filter(client_id__startswith=prefix).count()
    connection.close()
    if rows != found["accepted"] or found["accepted"] != found["sent"]:
        sys.exit(f"{found['sent']} sent, {found['accepted']} acknowledged, {rows} rows: something was lost")
    return found | {"rows": rows}


def middle(values: Sequence[float]) -> float:
    """Return the median."""
    return sorted(values)[len(values) // 2]


def ratios(found: Found) -> Found:
    """Show a table; return the ratios that count, each the median of the rounds."""
    raw, plain = middle(found["raw"]), middle([one["per_s"] for one in found["plain"]])
    say(
        f"  (a) raw, one connection, one row one commit  {raw:8,.0f}/s   rounds {[round(r) for r in found['raw']]}"
    )
    if found["raw16"]:
        say(f"      raw, 16 connections                      {middle(found['raw16']):8,.0f}/s")
    say(
        f"  (b) plain Django view, {AT} clients             {plain:8,.0f}/s   p99 {p99(found['plain']):.1f} ms"
        f"                           {cpu_us(found['plain'])} us of the server's CPU each"
    )
    for count in CLIENTS:
        runs = found["door"][str(count)]
        rate = middle([one["per_s"] for one in runs])
        say(
            f"  door, {count:3} clients                            {rate:8,.0f}/s   p99 {p99(runs):.1f} ms"
            f"   {rate / raw:.2f} x (a)   {rate / plain:.1f} x (b)"
            f"   {cpu_us(runs)} us"
        )
    burst = found["burst"]
    say(
        f"  burst of {burst['sent']:,}: {burst['rows']:,} rows, {burst['per_s']:,}/s, {burst['refused']} times 503"
    )
    at = found["door"][str(AT)]
    pairs = list(zip(at, found["raw"], found["plain"], strict=True))
    return {
        "of_raw": round(middle([one["per_s"] / r for one, r, _ in pairs]), 2),
        "of_plain": round(middle([one["per_s"] / p["per_s"] for one, _, p in pairs]), 1),
        "of_plain_cpu": round(cpu_us(found["plain"]) / cpu_us(at), 1),
        "p99_ms": p99(at),
        "per_s": middle([one["per_s"] for one in at]),
        "burst_sent": burst["sent"],
        "burst_lost": burst["sent"] - burst["rows"],
    }


def p99(runs: Sequence[Found]) -> float:
    """Return the median of the rounds' 99th percentiles, in milliseconds."""
    return float(middle([one["p99_ms"] for one in runs]))


def cpu_us(runs: Sequence[Found]) -> int:
    """Return the median of the rounds' CPU time of the server for one ask, in microseconds."""
    return int(middle([one["cpu_us"] for one in runs]))


def say(text: str) -> None:
    """Tell the person, beside the one line for machines."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
