"""A PostgreSQL server of our own for a while: in a temporary folder, as nobody's root, on loopback.

Standard library only. From the command line it runs a program with ``BIHUAN_DATABASE_URL`` set:

    .venv/bin/python -m tests.postgres .venv/bin/pytest tests/spine -q
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER = "bihuan"
START_S = 30
STOP_S = 10
# Enough for two workers of the suite, each with servers and threads of its own.
OPTIONS = {"max_connections": "200", "timezone": "UTC", "lc_messages": "C", "logging_collector": "off"}
# The operating system keeps what was written when a process dies, so only a power cut needs fsync.
WITHOUT_FSYNC = {"fsync": "off", "full_page_writes": "off"}


class NoServer(Exception):
    """This machine can't run a server; the message says why."""


class Broken(Exception):
    """There is a server and it does not start; the message is what it said."""


@dataclass(frozen=True)
class Server:
    """A running server: where it listens, its process, its folder, its programs."""

    port: int
    pid: int
    folder: Path
    programs: Path

    def url(self, database: str = "postgres") -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"


def find_programs() -> Path | None:
    """Return the folder of the newest server's programs: from PATH, else where Debian keeps them."""
    found = {Path(hit).resolve().parent for hit in [shutil.which("postgres")] if hit}
    found |= {path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")}
    whole = [folder for folder in found if (folder / "initdb").exists()]
    return max(whole, key=_version, default=None)


def _version(programs: Path) -> int:
    name = programs.parent.name
    return int(name) if name.isdigit() else 0


def plain_account() -> dict[str, object]:
    """Return what `subprocess` needs to leave root behind; a server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoServer("this is root and there is neither an account `postgres` nor `nobody`")


def free_port() -> int:
    """Return a loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*, is_durable: bool = False) -> Iterator[Server]:
    """Start a server with an empty cluster, give it, and end it whatever happens.

    Parameters
    ----------
    is_durable : whether each commit waits for the disk, as it does by default.

    Raises
    ------
    NoServer
        when there is none on this machine, or no account to run it.
    Broken
        when it does not start.
    """
    programs = find_programs()
    if programs is None:
        raise NoServer("no PostgreSQL server is installed (looked on PATH and in /usr/lib/postgresql)")
    account = plain_account()
    folder = Path(tempfile.mkdtemp(prefix="bihuan-pg-", dir="/tmp"))
    try:
        if account:
            os.chown(folder, int(str(account["user"])), int(str(account["group"])))
        _make_cluster(programs, folder, account)
        with _serving(programs, folder, account, OPTIONS | ({} if is_durable else WITHOUT_FSYNC)) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_cluster(programs: Path, folder: Path, account: dict[str, object]) -> None:
    command = [programs / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8"]
    command += ["--locale=C", "--no-sync", "--no-instructions"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, **account)  # type: ignore[call-overload]
    if done.returncode:
        raise Broken(f"initdb failed: {done.stderr.strip().splitlines()[-1]}")


@contextmanager
def _serving(
    programs: Path, folder: Path, account: dict[str, object], options: dict[str, str]
) -> Iterator[Server]:
    port = free_port()
    options = options | {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
    }
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    log = (folder / "log").open("wb")
    # A session of its own: Ctrl-C reaches us, and we end it in order.
    process = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", *settings],
        stdout=log, stderr=log, cwd=folder, start_new_session=True, **account,  # type: ignore[call-overload]
    )  # fmt: skip
    try:
        _wait_for(process, programs, port, folder / "log")
        yield Server(port, process.pid, folder, programs)
    finally:
        _end(process)
        log.close()


def _wait_for(process: subprocess.Popen[bytes], programs: Path, port: int, log: Path) -> None:
    until = time.monotonic() + START_S
    ready = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port), "-U", USER]
    while time.monotonic() < until and process.poll() is None:
        if subprocess.run(ready).returncode == 0:
            return
        time.sleep(0.05)
    raise Broken(f"PostgreSQL did not start: {log.read_text(errors='replace')[-400:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    # INT is the fast shutdown, QUIT the immediate one; KILL would leave its children behind.
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(STOP_S)
            return
        except subprocess.TimeoutExpired:
            continue


def main(command: list[str]) -> int:
    """Run a program beside a server of its own."""
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        with running() as server:
            return subprocess.call(command, env={**os.environ, "BIHUAN_DATABASE_URL": server.url("bihuan")})
    except (NoServer, Broken) as error:
        sys.exit(f"tests.postgres: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
