import os
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connection

from bihuan.config import ready
from bihuan.kernel import keys


@pytest.fixture
def taken_port() -> Any:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


@pytest.fixture
def no_keys(settings: Any, tmp_path: Path) -> Any:
    settings.BIHUAN_KEYS = tmp_path / "keys"
    keys.secret.cache_clear()
    yield settings
    keys.secret.cache_clear()


def test_a_port_in_use_is_refused_with_advice(taken_port: int) -> None:
    with pytest.raises(CommandError, match=f"Port {taken_port} is already used .* --port"):
        ready.check_port("127.0.0.1", taken_port)


def test_a_port_that_was_just_left_is_free_again(taken_port: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
    ready.check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match=r"Can't listen on 192\.0\.2\.1"):
        ready.check_port("192.0.2.1", 8000)


def test_a_folder_that_cannot_be_made_is_named(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.BIHUAN_VAR = tmp_path / "file" / "var"
    settings.STATIC_ROOT = settings.BIHUAN_VAR / "static"
    with pytest.raises(CommandError, match=r"Can't write in .*/file/var \(BIHUAN_VAR\): Not a directory"):
        ready.check_folder()


def test_a_missing_key_is_named_where_none_may_be_made(no_keys: Any) -> None:
    no_keys.BIHUAN_MAKE_KEYS = False
    with pytest.raises(CommandError, match=r"The key .*/keys/django is missing"):
        ready.check_keys()


def test_keys_are_made_where_that_is_allowed(no_keys: Any) -> None:
    no_keys.BIHUAN_MAKE_KEYS = True
    ready.check_keys()
    made = {path.name: path.stat().st_mode & 0o777 for path in Path(no_keys.BIHUAN_KEYS).iterdir()}
    assert made == dict.fromkeys(ready.KEYS, 0o600)


def test_djangos_key_may_come_from_the_environment(no_keys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "BIHUAN_SECRET_KEY", "from elsewhere")
    ready.check_keys()
    assert not (Path(no_keys.BIHUAN_KEYS) / "django").exists()


def test_a_key_that_is_no_key_is_named(no_keys: Any) -> None:
    folder = Path(no_keys.BIHUAN_KEYS)
    folder.mkdir()
    (folder / "django").write_text("not hexadecimal")
    with pytest.raises(CommandError, match="The key 'django' can't be read"):
        ready.check_keys()


@pytest.mark.django_db
def test_a_database_with_every_table_is_ready() -> None:
    ready.check_tables()


@pytest.mark.django_db
def test_a_migration_that_was_not_run_is_asked_for() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cases'")
    with pytest.raises(CommandError, match=r"older than the code .*; run `bihuan migrate` first"):
        ready.check_tables()


@pytest.mark.sqlite_only
def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    from django.db.utils import DatabaseError

    path = tmp_path / "city.sqlite3"
    path.write_bytes(b"this is a letter to my aunt" * 50)
    with (
        pytest.raises(CommandError, match=r"can't be used: file is not a database"),
        ready.database_in_words(),
    ):
        try:
            sqlite3.connect(path).execute("SELECT * FROM door")
        except sqlite3.DatabaseError as error:
            raise DatabaseError(*error.args) from error
