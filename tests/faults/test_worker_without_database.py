"""The worker while PostgreSQL is stopped under it and started again."""

import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests import postgres
from tests.made import environment_of, run_bihuan

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")

pytestmark = [pytest.mark.slow, pytest.mark.postgres_only]

PATIENCE_S = 120
# Besides these the worker leaves Events of the levels that come into force and of the messages it sent.
OPENED_AND_SEALED = "audit_event JOIN audit_leaf ON event_id = audit_event.id WHERE verb = 'opened'"
SUBMISSION = """
    INSERT INTO door_submission
    (client_id, receipt, channel, service, text, site, answers, language, digest, received_at)
    VALUES (%(code)s, %(code)s, 'web', '', 'no light', '', '{}', 'en', '', now())
"""


def test_a_worker_whose_database_goes_away_waits_and_works_on(tmp_path: Path) -> None:
    with postgres.running() as server:
        environment = environment_of(tmp_path, server.url())
        run_bihuan(environment, "migrate", "--verbosity=0")
        with ended(server), worker(environment) as process:
            ask(server, "one")
            wait_until(lambda: count(server, "cases_case") == 1)
            with stopped(server):
                time.sleep(2)
                assert process.poll() is None
            ask(server, "two")
            wait_until(lambda: count(server, "cases_case") == 2)
            wait_until(lambda: count(server, OPENED_AND_SEALED) == 2)
            wait_until(lambda: count(server, "audit_leaf") == count(server, "audit_event"))
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_S) == 0


def ask(server: postgres.Server, code: str) -> None:
    with closing(psycopg.connect(server.url(), autocommit=True)) as link:
        link.execute(SUBMISSION, {"code": code})


def count(server: postgres.Server, rows: str) -> int:
    with closing(psycopg.connect(server.url())) as link:
        return int(link.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)


@contextmanager
def worker(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "bihuan.config.cli", "worker"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def ended(server: postgres.Server) -> Iterator[None]:
    """End the server that was started anew; the one that began with the test is gone by then."""
    try:
        yield
    finally:
        control(server, "-m", "fast", "stop")


@contextmanager
def stopped(server: postgres.Server) -> Iterator[None]:
    """Stop the server at once, as a crash would; start it again with the same options at the end."""
    options = shlex.split((server.folder / "data/postmaster.opts").read_text())[3:]
    control(server, "-m", "immediate", "stop")
    try:
        yield
    finally:
        control(server, "-l", str(server.folder / "data/again.log"), "-o", shlex.join(options), "start")


def control(server: postgres.Server, *words: str) -> None:
    command = [server.programs / "pg_ctl", "-D", server.folder / "data", "-w", "-s", *words]
    subprocess.run(command, check=True, cwd=server.folder, **postgres.plain_account())
