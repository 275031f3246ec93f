"""``bihuan worker``."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from bihuan.spine.audit.models import Event, Leaf
from bihuan.spine.cases import rounds, triage
from bihuan.spine.cases.models import Asker, Case, Figures
from bihuan.spine.door.models import Submission
from tests.spine.cases.known import make_submission, make_world

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE_S = 120


def test_once_does_all_that_is_due_and_ends() -> None:
    make_world()
    for _ in range(3):
        make_submission(service="power_failure")
    call_command("worker", "--once")
    assert Case.objects.count() == 3
    assert Leaf.objects.count() == Event.objects.count() > 0
    counted = {"worker", "board", "public", "map", "forecast"}
    assert counted <= set(Figures.objects.values_list("name", flat=True))


def test_once_says_that_a_step_failed_and_has_done_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise RuntimeError("broken")

    monkeypatch.setattr(rounds.deadlines, "mark_breached", fail)
    make_world()
    make_submission(service="power_failure")
    with pytest.raises(CommandError):
        call_command("worker", "--once")
    assert (Case.objects.count(), Figures.objects.filter(name="board").count()) == (1, 1)


def test_a_running_worker_opens_what_comes_in_and_ends_when_told() -> None:
    make_world()
    with running_worker() as worker:
        make_submission(service="power_failure")
        wait_until(lambda: Case.objects.count() == 1)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_S) == 0


def test_workers_killed_again_and_again_lose_nothing_and_double_nothing() -> None:
    world = make_world()
    count, rng = 600, random.Random(9)
    for _ in range(count):
        make_submission(service=world.service.code)
    kills = 0
    while is_left():
        before = Case.objects.count()
        with killed(forked(), forked()):
            wait_until(lambda before=before: Case.objects.count() > before or not is_left())
            time.sleep(rng.random() / 20)
        kills += 1
    assert kills > 2
    assert Case.objects.count() == Asker.objects.values("case_id").distinct().count() == count
    opened = Event.objects.filter(verb="opened")
    assert opened.count() == opened.values("case_id").distinct().count() == count


def is_left() -> bool:
    return Submission.objects.filter(triaged_at__isnull=True).exists()


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def forked() -> BaseProcess:
    """Start a worker that opens small batches, as a fork of this process: a fresh one takes long to start."""
    connection.close()
    worker = get_context("fork").Process(target=open_small_batches)
    worker.start()
    return worker


def open_small_batches() -> None:
    connection.close()
    rounds.Rounds([rounds.Step("triage", lambda: triage.open_cases(limit=20))]).run()


@contextmanager
def killed(*workers: BaseProcess) -> Iterator[None]:
    """Kill workers without warning at the end."""
    try:
        yield
    finally:
        for worker in workers:
            worker.kill()
            worker.join()


@contextmanager
def running_worker() -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker in a process of its own on the suite's database; kill it at the end."""
    own = {
        "BIHUAN_VAR": str(settings.BIHUAN_VAR),
        "BIHUAN_KEYS": str(settings.BIHUAN_KEYS),
        "BIHUAN_DATABASE_URL": database_url(),
        "BIHUAN_DEMO": "yes",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    worker = subprocess.Popen([sys.executable, "-m", "bihuan.config.cli", "worker"], env=os.environ | own)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def database_url() -> str:
    """Return the address of the suite's database."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgresql://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"
