"""``bihuan serve``: the door, the pages and the worker on one port; or one of them alone."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bihuan.config import ready
from bihuan.config.processes import Child, run_together

PORT = 8000
KILL_AFTER_S = 5

# One thread a process answers pages fastest: threads only fight for the interpreter.
PAGES = ("bihuan.config.wsgi:application", "--interface", "wsgi", "--blocking-threads", "1")
DOOR = ("bihuan.config.door:door", "--factory", "--interface", "asgi")
ONE_PORT = ("bihuan.config.door:one_port", "--factory", "--interface", "asgi")


def serve(arguments: Sequence[str]) -> int:
    """Start what was asked for and stay until it ends."""
    asked = _parser().parse_args(arguments)
    ready.check_port(asked.host, asked.port)
    ready.check_all()
    if asked.what == "all":
        # The pages ask after the door at the address where it really is.
        os.environ.setdefault("BIHUAN_DOOR_URL", address(asked.host, asked.port))
        return run_together([server(ONE_PORT, asked.host, asked.port), worker()])
    return become(granian(PAGES if asked.what == "pages" else DOOR, asked.host, asked.port, asked.workers))


def address(host: str, port: int) -> str:
    """Return where a server that listens on ``host`` is reached from this machine."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # compared, not bound
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def become(command: list[str]) -> NoReturn:
    """Let a server take our place, so that signals, exit code and log are its own."""
    os.execv(command[0], command)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bihuan serve", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["all", "pages", "door"], default="all")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument(
        "--workers", type=int, default=1, help="processes of pages or door; more than one only on PostgreSQL"
    )
    return parser


def granian(app: Sequence[str], host: str, port: int, workers: int = 1) -> list[str]:
    """Return the command line of a server."""
    return [
        sys.executable, "-m", "granian", *app,
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--workers-kill-timeout", str(KILL_AFTER_S), "--no-ws", "--log-level", "warning",
    ]  # fmt: skip


def server(app: Sequence[str], host: str, port: int) -> Child:
    """Return the server on one port as a child."""
    return Child("server", granian(app, host, port))


def worker() -> Child:
    """Return the worker as a child."""
    return Child("worker", [sys.executable, "-m", "bihuan.config.cli", "worker"])
