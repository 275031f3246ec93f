"""Real doors over a real database, to be killed, starved and raced."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bihuan.config.processes import die_with_parent
from tests.made import environment_of, run_bihuan
from tests.postgres import free_port

UP_WITHIN_S = 30


@dataclass(frozen=True)
class Reply:
    """A door's answer."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str]


@dataclass(frozen=True)
class Door:
    """A server: its port and its process group."""

    port: int
    group: int

    def post(self, body: object, timeout_s: float = 20) -> Reply:
        """Hand one ask in, on a connection of its own."""
        return self._ask("POST", "/door/api", json.dumps(body), timeout_s)

    def health(self) -> Reply:
        """Ask how it is."""
        return self._ask("GET", "/door/healthz", None, 10)

    def _ask(self, method: str, path: str, body: str | None, timeout_s: float) -> Reply:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)) as line:
            line.request(method, path, body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            return Reply(
                answer.status, json.loads(answer.read()), {k.lower(): v for k, v in answer.getheaders()}
            )

    def worker(self) -> int:
        """Return the process that serves."""
        children = Path(f"/proc/{self.group}/task/{self.group}/children").read_text()
        return int(children.split()[0])

    def kill(self) -> None:
        """kill -9, all of it."""
        with suppress(ProcessLookupError):
            os.killpg(self.group, signal.SIGKILL)

    def end(self) -> None:
        """Ask it to end in order, and wait."""
        with suppress(ProcessLookupError):
            os.kill(self.group, signal.SIGTERM)
        until(lambda: not Path(f"/proc/{self.group}").exists())


@dataclass(frozen=True)
class Nursery:
    """Starts doors over one database."""

    process: subprocess.Popen[str]
    folder: Path
    url: str

    def start(self, kind: str = "door", port: int = 0) -> Door:
        """Start a door and wait until it answers."""
        port = port or free_port()
        assert self.process.stdin and self.process.stdout
        order = {"port": port, "log": str(self.folder / f"door-{port}.log"), "kind": kind}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        door = Door(port, int(self.process.stdout.readline()))
        until(lambda: is_listening(door), what=(self.folder / f"door-{port}.log").read_text)
        return door

    @contextmanager
    def door(self, kind: str = "door") -> Iterator[Door]:
        """Start a door for a while."""
        door = self.start(kind)
        try:
            yield door
        finally:
            door.kill()

    def receipts(self) -> dict[str, str]:
        """Return client id and receipt of every row there is."""
        with connected(self.url) as connection:
            return dict(connection.execute("SELECT client_id, receipt FROM door_submission").fetchall())


def is_listening(door: Door) -> bool:
    """Say whether a door answers."""
    try:
        return door.health().status in {200, 503}
    except (OSError, http.client.HTTPException):
        return False


@contextmanager
def nursery(folder: Path, url: str, *rooms: str) -> Iterator[Nursery]:
    """Make the tables of these rooms, if any, and a nursery over them; every door ends with it."""
    environment = environment_of(folder, url)
    for room in rooms:
        run_bihuan(environment, "migrate", room, "-v0")
    command = [sys.executable, "-m", "tests.faults.door_nursery"]
    with (folder / "nursery.log").open("wb") as log, subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  # one call to the kernel, no lock is taken
    ) as process:  # fmt: skip
        assert process.stdin and process.stdout
        assert process.stdout.readline() == "ready\n", (folder / "nursery.log").read_text()
        try:
            yield Nursery(process, folder, url)
        finally:
            process.stdin.close()
            process.terminate()
            process.wait(10)


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """Connect to the database beside the doors; each statement is its own transaction."""
    if url.startswith("sqlite"):
        import sqlite3

        connection: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=20)
    else:
        import psycopg

        connection = psycopg.connect(url, autocommit=True)
    with closing(connection):
        yield connection


def until(
    condition: Callable[[], bool], within_s: float = UP_WITHIN_S, what: Callable[[], str] = str
) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end, f"it did not happen within {within_s} s {what()}"
        time.sleep(0.02)
