"""A small city in a database of its own, served as in earnest: one port, one worker."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bihuan.config.processes import die_with_parent
from tests.made import environment_of, loaded_database, run_bihuan
from tests.postgres import free_port

UP_WITHIN_S = 60


@dataclass(frozen=True)
class City:
    """A served city: its address, the environment of its commands, its accounts, its processes."""

    url: str
    environment: dict[str, str]
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> Path:
        """What the server and the worker wrote."""
        return next(self.folder.glob("serve-*.log"))

    def bihuan(self, *arguments: str) -> str:
        """Run a command of ``bihuan`` against the city's database; return what it printed."""
        return run_bihuan(self.environment, *arguments)

    def account(self, role: str, agency: str = "") -> dict[str, str]:
        """Return the first account of a role: username, password, token, agency."""
        accounts = json.loads((self.folder / "demo-accounts.json").read_text())
        return next(a for a in accounts if a["role"] == role and agency in ("", a["agency"]))


@contextmanager
def running_city(folder: Path) -> Iterator[City]:
    """Copy a small city, serve it, and end the server by its id whatever happens."""
    with loaded_database(folder) as database_url:
        environment = environment_of(folder, database_url)
        with serving(environment, folder, "serve") as (url, process):
            yield City(url, environment, folder, process)


@contextmanager
def serving(
    environment: dict[str, str], folder: Path, *arguments: str, path: str = "/healthz"
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run ``bihuan`` with arguments and a free ``--port`` until the block ends; give its address when it is up."""
    port = free_port()
    command = [sys.executable, "-m", "bihuan.config.cli", *arguments, "--port", str(port)]
    log = folder / f"{'-'.join(arguments[:2])}-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command, env=environment, stdout=out, stderr=out,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # one call to the kernel, no lock is taken
        )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(url + path, process, log)
        yield url, process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until an address answers 200; fail with the server's log."""
    until, said = time.monotonic() + UP_WITHIN_S, "no answer"
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")[:300]
        except OSError as error:
            said = str(error)
        time.sleep(0.1)
    raise AssertionError(f"{url} did not come up: {said}\n{log.read_text(errors='replace')[-2000:]}")
