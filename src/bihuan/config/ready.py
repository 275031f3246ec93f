"""What must hold before a server starts; each lack is a sentence, not a traceback."""

import errno
import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bihuan.kernel.keys import secret

KEYS = ("django", "private", "lookup", "audit-sign")


def check_port(host: str, port: int) -> None:
    """Refuse a port that another program has, or that this account may not have."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(f"{_why_no_port(error, host, port)} Choose another with --port.") from None


def _why_no_port(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is already used by another program."
    if error.errno == errno.EACCES:
        return f"This account may not listen on port {port}."
    return f"Can't listen on {host}, port {port}: {error.strerror}."


def check_folder() -> None:
    """Refuse to start where the folder of data can't be written."""
    folder = Path(settings.BIHUAN_VAR)
    try:
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(4096))
            probe.flush()
    except OSError as error:
        raise CommandError(f"Can't write in {folder} (BIHUAN_VAR): {error.strerror}.") from None


def check_keys() -> None:
    """Refuse to start without the keys; where they may be made, make them."""
    names = [name for name in KEYS if not (name == "django" and os.environ.get("BIHUAN_SECRET_KEY"))]
    for name in names:
        try:
            secret(name)
        except FileNotFoundError as error:
            raise CommandError(
                f"The key {error.filename} is missing. docs/operations.md says how to make it."
            ) from None
        except (OSError, ValueError) as error:
            raise CommandError(f"The key {name!r} can't be read: {error}.") from None


def check_tables() -> None:
    """Refuse to start on a database that is away, empty, or older than the code."""
    with database_in_words():
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        raise CommandError(
            f"The database is older than the code (missing: {len(missing)}); run `bihuan migrate` first."
        )


@contextmanager
def database_in_words() -> Iterator[None]:
    """Turn what the database says of itself into a sentence."""
    try:
        yield
    except DatabaseError as error:
        where = settings.DATABASES["default"]
        said = str(error).strip().splitlines()[0]
        raise CommandError(f"The database {where['NAME']!r} can't be used: {said}") from None


def check_all() -> None:
    """Make sure of folder, keys and tables; the demonstration makes what is missing, and the city."""
    check_folder()
    check_keys()
    if settings.BIHUAN_DEMO:
        with database_in_words():
            make_city()
    check_tables()


def make_city() -> None:
    """Make the tables and, in an empty database, the demonstration city."""
    from bihuan.spine.places.models import District

    call_command("migrate", verbosity=0)
    if not District.objects.exists():
        print("Building the city …", flush=True)
        call_command("load_city", demo=True)
