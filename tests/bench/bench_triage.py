"""./run bench triage: how many Submissions a second become Cases, on both databases, each commit on the disk.

The peer, in the same run on the same rows, is a plain loop: the same decisions, then one transaction for each
Submission that saves the same rows one by one.
"""

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from tests import postgres

SEED = 20261123
TEXTS = (
    "老人卧床，家里没有米了，请送一些。", "整栋楼停电两个小时了，有人在家用制氧机。", "水管爆了，一楼进水。",
    "需要降压药，药快吃完了。", "小区门口聚集了很多人。", "No power in the whole building since noon.",
)  # fmt: skip


def main() -> None:
    """Run both databases, each in a process of its own, and print one line of figures."""
    options = read_options()
    if options.inside:
        print(json.dumps(measure(options.submissions, options.peer)))
        return
    ran = {"sqlite": inside("SQLite, synchronous=FULL", {})}
    if postgres.find_programs():
        with postgres.running(is_durable=True) as server:
            ran["postgresql"] = inside("PostgreSQL, fsync on", {"BIHUAN_DATABASE_URL": server.url()})
    print("BENCH " + json.dumps({"bench": "triage", "submissions": options.submissions} | ran))


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run bench triage")
    parser.add_argument("--submissions", type=int, default=20_000)
    parser.add_argument("--peer", type=int, default=2_000, help="how many of them the plain loop opens")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def inside(name: str, environment: dict[str, str]) -> dict[str, float]:
    """Run this file again with a database of its own and return what it measured."""
    with tempfile.TemporaryDirectory(prefix="bihuan-bench-") as folder:
        own = {"BIHUAN_VAR": folder, "BIHUAN_DEMO": "yes", "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        command = [sys.executable, "-m", "tests.bench.bench_triage", "--inside", *sys.argv[1:]]
        say(f"{name}:")
        done = subprocess.run(command, env=os.environ | own | environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"the bench failed on {name}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure(count: int, peer_count: int) -> dict[str, float]:
    """Fill the door's table, open Cases in batches, then open some more the plain way."""
    import django

    django.setup()
    from django.core.management import call_command

    from bihuan.spine.cases import triage

    call_command("migrate", verbosity=0)
    call_command("load_city", stdout=sys.stderr)
    fill(1)
    triage.open_cases()
    # As the worker does after its first round; the peer has it too.
    gc.freeze()
    fill(count)
    batches = timed("Bihuan, batches", count, triage.open_cases)
    fill(peer_count)
    loop = timed("plain loop", peer_count, lambda: plain_loop(triage.BATCH))
    check(1 + count + peer_count)
    return {
        "per_s": round(batches[0]),
        "per_cpu_s": round(batches[1]),
        "plain_per_s": round(loop[0]),
        "plain_per_cpu_s": round(loop[1]),
        "times": round(batches[0] / loop[0], 1),
    }


def fill(count: int) -> None:
    """Put Submissions before triage, as the door would have."""
    from bihuan.kernel import clock, ids, private
    from bihuan.spine.cases.models import Service
    from bihuan.spine.door.models import Submission
    from bihuan.spine.places.models import Site

    rng = random.Random(SEED + count)
    services = list(Service.objects.values_list("code", flat=True))
    sites = list(Site.objects.values_list("name_zh", "lon", "lat"))
    rows = []
    for _ in range(count):
        name, lon, lat = rng.choice(sites)
        phone = f"+861990000{rng.randrange(10_000):04}"
        rows.append(
            Submission(
                client_id=f"bench-{count}-{len(rows)}", receipt=ids.new_receipt(), channel="web",
                service=rng.choice(services), text=rng.choice(TEXTS), site=name,
                lon=lon + rng.uniform(-0.001, 0.001), lat=lat + rng.uniform(-0.001, 0.001),
                phone_sealed=private.seal(phone), phone_hash=private.keyed_hash(phone),
                digest="0" * 64, received_at=clock.now(),
            )
        )  # fmt: skip
    Submission.objects.bulk_create(rows)


def timed(name: str, count: int, step: Callable[[], int]) -> tuple[float, float]:
    """Step until nothing is left, showing how far it is; return how many a second, and a second of CPU.

    The CPU time is this process's, without that of a PostgreSQL server.
    """
    done, began, began_cpu = 0, time.perf_counter(), time.process_time()
    while opened := step():
        done += opened
        say(
            f"\r  {name:16} {done:7} of {count}, {done / (time.perf_counter() - began):6.0f} a second", end=""
        )
    say("")
    if done != count:
        sys.exit(f"{name}: {done} Cases for {count} Submissions")
    return count / (time.perf_counter() - began), count / (time.process_time() - began_cpu)


def plain_loop(limit: int) -> int:
    """Open Cases one by one: a transaction each, a statement for each row."""
    from django.db import transaction

    from bihuan.kernel import clock
    from bihuan.spine.cases import triage
    from bihuan.spine.door.models import Submission

    batch = list(Submission.objects.filter(triaged_at__isnull=True).order_by("id")[:limit])
    for opening in triage.think(batch):
        with transaction.atomic():
            opening.case.save()
            for row in (triage.asker_of(opening), triage.event_of(opening), *triage.notices_of(opening)):
                row.save()
            opening.submission.triaged_at = clock.now()
            opening.submission.save(update_fields=["triaged_at"])
    return len(batch)


def check(count: int) -> None:
    """End the bench unless every Submission has exactly one Case, Event and owner or place in triage."""
    from bihuan.spine.audit.models import Event
    from bihuan.spine.cases.models import Asker, Case

    found = {Case.objects.count(), Asker.objects.count(), Event.objects.filter(verb="opened").count()}
    owned = Case.objects.filter(agency__isnull=False).count()
    say(f"  {owned} of {count} Cases found an owner by rule")
    if found != {count}:
        sys.exit(f"{count} Submissions, but {found} rows")


def say(text: str, end: str = "\n") -> None:
    """Show how far it is, beside the figures."""
    print(text, end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
