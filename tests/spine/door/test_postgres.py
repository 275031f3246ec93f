"""What only PostgreSQL does."""

from collections.abc import Iterator

import pytest
from django.db import connection

pytest.importorskip("psycopg")
from bihuan.spine.door.postgres import PostgresStore, connection_parameters

SETTINGS = {
    "ENGINE": "django.db.backends.postgresql", "NAME": "city", "USER": "ana", "PASSWORD": "secret",
    "HOST": "db", "PORT": "", "OPTIONS": {"sslmode": "require", "pool": True, "connect_timeout": 2},
}  # fmt: skip


def test_settings_become_parameters_of_the_connection() -> None:
    given = connection_parameters(SETTINGS)
    assert (given["dbname"], given["user"], given["password"], given["host"]) == (
        "city",
        "ana",
        "secret",
        "db",
    )
    assert given["sslmode"] == "require" and given["connect_timeout"] == 2
    assert "port" not in given and "pool" not in given


@pytest.fixture
def store(db: None) -> Iterator[PostgresStore]:
    store = PostgresStore(connection.settings_dict)
    store.write([])
    yield store
    store.close()


def said(store: PostgresStore, name: str) -> str:
    assert store._connection is not None
    return str(store._connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0])  # type: ignore[index]


@pytest.mark.postgres_only
@pytest.mark.parametrize(("given", "kept"), [("off", "on"), ("remote_write", "remote_write"), ("on", "on")])
def test_no_answer_comes_before_the_disk_whatever_the_roles_default(db: None, given: str, kept: str) -> None:
    options = connection.settings_dict["OPTIONS"] | {"options": f"-c synchronous_commit={given}"}
    store = PostgresStore(connection.settings_dict | {"OPTIONS": options})
    store.write([])
    assert said(store, "synchronous_commit") == kept
    store.close()


@pytest.mark.postgres_only
def test_a_lock_is_not_waited_for_without_end(store: PostgresStore) -> None:
    assert (said(store, "lock_timeout"), said(store, "statement_timeout")) == ("10s", "20s")


@pytest.mark.postgres_only
def test_a_server_that_takes_no_writes_is_found_out_by_a_trial(store: PostgresStore) -> None:
    assert store._connection is not None
    store._connection.execute("SET default_transaction_read_only = on")
    with pytest.raises(Exception, match="read-only") as caught:
        store.write([])
    assert not isinstance(caught.value, store.row_errors)


@pytest.mark.postgres_only
def test_a_connection_that_was_cut_is_made_again_after_closing(store: PostgresStore) -> None:
    assert store._connection is not None
    pid = store._connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    with pytest.raises(Exception, match="terminat"):
        store.write([])
    store.close()
    assert store.write([]) == []
