"""Databases that are made once in a run of the suite, by whichever process is first, and copied from then on.

The folder ``BIHUAN_TEST_MADE`` keeps them; who runs the suite removes it, or the process that began the tests.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

FILE = "bihuan.sqlite3"
LOCK, DONE = "lock", "done"


def run_bihuan(environment: dict[str, str], *arguments: str) -> str:
    """Run a command of ``bihuan`` to its end; return what it printed, fail with what it complained of."""
    command = [sys.executable, "-m", "bihuan.config.cli", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"bihuan {' '.join(arguments)}: {done.stderr or done.stdout}"
    return done.stdout


def environment_of(folder: Path, database_url: str) -> dict[str, str]:
    """Return the environment of processes that work on a database and a folder of their own."""
    own = {"BIHUAN_VAR": str(folder), "BIHUAN_DATABASE_URL": database_url, "BIHUAN_DEMO": "yes"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("BIHUAN_", "PYTEST_"))}
    return plain | own | {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}


def is_on_postgres() -> bool:
    """Say on which kind of database this pass runs."""
    return os.environ.get("BIHUAN_DATABASE_URL", "").startswith("postgres")


@contextmanager
def fresh_database(folder: Path, *, like: str = "template1") -> Iterator[str]:
    """Give the address of a database of this pass's kind: the folder's file, or one that copies ``like``."""
    if not is_on_postgres():
        yield f"sqlite:///{folder / FILE}"
        return
    name = f"city_{uuid4().hex[:12]}"
    _order(f"CREATE DATABASE {name} TEMPLATE {like}")
    try:
        yield _on_server(name)
    finally:
        _order(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def tabled_database(folder: Path) -> Iterator[str]:
    """Give the address of a database with all tables and nothing in them."""
    made = made_tables()
    if not is_on_postgres():
        shutil.copy(made / FILE, folder)
    with fresh_database(folder, like=name_of(made)) as database_url:
        yield database_url


@contextmanager
def loaded_database(folder: Path) -> Iterator[str]:
    """Give the address of a database that holds a small city; its accounts and keys are put into the folder."""
    made = _once("city", _make_city)
    shutil.copytree(made, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(LOCK, DONE))
    with fresh_database(folder, like=name_of(made)) as database_url:
        yield database_url


def made_tables() -> Path:
    """Return the folder of the database with all tables; it is only ever copied."""
    return _once("tables", _make_tables)


def name_of(made: Path) -> str:
    """Return what the database of a folder is called on PostgreSQL."""
    return "made_" + "".join(c if c.isalnum() else "_" for c in f"{made.parent.name}_{made.name}").lower()


def _once(what: str, make: Callable[[Path], None]) -> Path:
    kind = "postgres" if is_on_postgres() else "sqlite"
    made = Path(os.environ["BIHUAN_TEST_MADE"]) / f"{what}-{kind}"
    made.mkdir(parents=True, exist_ok=True)
    with (made / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / DONE).exists():
            make(made)
            (made / DONE).touch()
    return made


def _make_tables(folder: Path) -> None:
    run_bihuan(environment_of(folder, _empty(folder)), "migrate", "-v0")
    _settle(folder)


def _make_city(folder: Path) -> None:
    tables = made_tables()
    if not is_on_postgres():
        shutil.copy(tables / FILE, folder)
    database_url = _empty(folder, like=name_of(tables))
    run_bihuan(environment_of(folder, database_url), "load_city", "--small", "--demo")
    _settle(folder)


def _empty(folder: Path, *, like: str = "template1") -> str:
    if not is_on_postgres():
        return f"sqlite:///{folder / FILE}"
    _order(f"CREATE DATABASE {name_of(folder)} TEMPLATE {like}")
    return _on_server(name_of(folder))


def _settle(folder: Path) -> None:
    """Bring what stands beside an SQLite file into it, so that the file alone is the database."""
    if is_on_postgres():
        return
    import sqlite3

    with closing(sqlite3.connect(folder / FILE)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _on_server(name: str) -> str:
    return f"{os.environ['BIHUAN_DATABASE_URL'].rpartition('/')[0]}/{name}"


def _order(statement: str) -> None:
    import psycopg

    with closing(psycopg.connect(_on_server("postgres"), autocommit=True)) as admin:
        order: Any = statement
        admin.execute(order)
