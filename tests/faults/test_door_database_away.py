"""A database that goes away: 503, nothing acknowledged is lost, and it comes back by itself."""

import os
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import postgres
from tests.faults.doors import Door, Nursery, Reply, connected, nursery, until


@contextmanager
def under_load(door: Door, name: str) -> Iterator[list[tuple[str, Reply]]]:
    """Keep asking from another thread; give the list of asks and answers, which grows."""
    answers: list[tuple[str, Reply]] = []
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            client_id = f"{name}-{len(answers)}"
            answers.append((client_id, door.post({"client_id": client_id, "text": "x" * 2000})))
            time.sleep(0.002)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield answers
    finally:
        over.set()
        thread.join()


def go_through(door: Door, doors: Nursery, name: str, fault: Iterator[None]) -> None:
    """Bring a fault about under load and take it away again; check what clients were told against the rows."""
    with under_load(door, name) as answers:
        until(lambda: len(answers) > 20)
        next(fault)
        until(lambda: answers[-1][1].status == 503)
        assert int(answers[-1][1].headers["retry-after"]) >= 1
        until(lambda: door.health().status == 503)
        next(fault, None)
        until(lambda: answers[-1][1].status == 201)
        assert door.health().status == 200
    assert {reply.status for _, reply in answers} == {201, 503}
    there = doors.receipts()
    acknowledged = {client_id: reply.body["receipt"] for client_id, reply in answers if reply.status == 201}
    assert acknowledged.items() <= there.items()


@pytest.mark.sqlite_only
def test_a_file_that_is_moved_away_and_back(doors: Nursery) -> None:
    def fault() -> Iterator[None]:
        path = Path(doors.url.removeprefix("sqlite:///"))
        aside = path.with_suffix(".aside")
        path.rename(aside)
        yield
        aside.rename(path)

    with doors.door("bare") as door:
        go_through(door, doors, "moved", fault())


@pytest.mark.sqlite_only
@pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="this system can't limit another process's files"
)
def test_a_disk_that_is_full_and_is_cleared(doors: Nursery) -> None:
    def fault() -> Iterator[None]:
        log = Path(doors.url.removeprefix("sqlite:///") + "-wal")
        with connected(doors.url) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # so that the log must grow again
        worker, (_, hard) = door.worker(), resource.getrlimit(resource.RLIMIT_FSIZE)
        before = resource.prlimit(worker, resource.RLIMIT_FSIZE, (log.stat().st_size + 20_000, hard))
        yield
        resource.prlimit(worker, resource.RLIMIT_FSIZE, before)

    with doors.door("bare") as door:
        go_through(door, doors, "full-disk", fault())


@dataclass(frozen=True)
class OwnServer:
    """A PostgreSQL server that may be stopped, with doors over it."""

    server: postgres.Server
    doors: Nursery

    def stop(self) -> None:
        """Stop it without a word to its clients."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start it again as it was."""
        folder = self.server.folder
        options = f"-p {self.server.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
        self._control("-o", options, "-l", str(folder / "again.log"), "start")

    def _control(self, *arguments: str) -> None:
        server = self.server
        command = [server.programs / "pg_ctl", "-D", server.folder / "data", "-w", *arguments]
        account: Any = postgres.plain_account()
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, cwd=server.folder, stdout=quiet, stderr=quiet, **account)

    def fault(self) -> Iterator[None]:
        """Stop it, and start it again when asked to go on."""
        self.stop()
        yield
        self.start()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnServer]:
    folder = tmp_path_factory.mktemp("own")
    with postgres.running() as server, nursery(folder, server.url(), "door") as doors:
        own = OwnServer(server, doors)
        yield own
        own.stop()  # what was started again is no child of ours


@pytest.mark.postgres_only
def test_a_server_that_is_stopped_and_started(own: OwnServer) -> None:
    with own.doors.door("bare") as door:
        go_through(door, own.doors, "stopped", own.fault())


@pytest.mark.postgres_only
def test_a_door_that_starts_before_its_server_waits_for_it(own: OwnServer) -> None:
    own.stop()
    door = own.doors.start("bare")
    try:
        assert door.post({"client_id": "early"}).status == 503
    finally:
        own.start()
    until(lambda: door.post({"client_id": "early"}).status in {200, 201})
    door.kill()


@pytest.mark.postgres_only
def test_a_connection_that_the_server_cuts_costs_one_answer_at_the_most(doors: Nursery) -> None:
    with doors.door("bare") as door, connected(doors.url) as admin:
        assert door.post({"client_id": "cut-1"}).status == 201
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        until(lambda: door.post({"client_id": "cut-2"}).status in {200, 201}, within_s=5)
        assert {"cut-1", "cut-2"} <= set(doors.receipts())


def test_the_process_that_serves_is_not_this_one(doors: Nursery) -> None:
    with doors.door("bare") as door:
        assert door.worker() not in {os.getpid(), door.group}
