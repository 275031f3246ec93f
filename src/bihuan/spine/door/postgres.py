"""The store on PostgreSQL through psycopg 3: a whole batch is one statement, and one transaction."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import psycopg

from bihuan.spine.door.intake import Row
from bihuan.spine.door.store import COLUMNS, TABLE, Saved, save

_SPECIAL = {
    "lon": "float8", "lat": "float8", "name_sealed": "bytea", "phone_sealed": "bytea",
    "door_sealed": "bytea", "phone_hash": "bytea", "received_at": "timestamptz",
}  # fmt: skip
_ARRAYS = ", ".join(f"%b::{_SPECIAL.get(name, 'text')}[]" for name in Row._fields)
_SELECTED = ", ".join(f"{name}::jsonb" if name == "answers" else name for name in Row._fields)
INSERT = (
    f"INSERT INTO {TABLE} ({COLUMNS}) "  # noqa: S608  (the names of our own columns)
    f"SELECT {_SELECTED} FROM unnest({_ARRAYS}) AS r({COLUMNS}) ON CONFLICT DO NOTHING"
)
FIND = f"SELECT client_id, receipt FROM {TABLE} WHERE client_id = ANY(%s)"  # noqa: S608

# A server that vanished without a word is noticed by these, in seconds.
_LIFE_SIGNS = {
    "connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}  # fmt: skip
_DJANGO_ONLY = {"pool", "isolation_level", "assume_role", "server_side_binding"}
_SESSION = (
    "SELECT set_config('lock_timeout', '10s', false), set_config('statement_timeout', '20s', false),"
    " set_config('synchronous_commit',"
    " replace(current_setting('synchronous_commit'), 'off', 'on'), false)"
)


class Postgres:
    """PostgreSQL 13 or newer."""

    row_errors: tuple[type[Exception], ...] = (psycopg.IntegrityError, psycopg.DataError, UnicodeError)

    def insert(self, connection: Any, rows: Sequence[Row]) -> int:
        """Insert the rows that clash with none, return how many they were."""
        # Two doors that insert equal ids each wait for the other's row: in one order they can't lock up.
        columns = list(zip(*sorted(rows), strict=True)) or [()] * len(Row._fields)
        with psycopg.Cursor(connection) as cursor:
            cursor.execute(INSERT, [list(column) for column in columns], prepare=True)
            return max(cursor.rowcount, 0)

    def find_receipts(self, connection: Any, client_ids: Sequence[str]) -> dict[str, str]:
        """Return the receipts of those client ids that are in the table."""
        with psycopg.Cursor(connection) as cursor:
            return dict(cursor.execute(FIND, [list(client_ids)]).fetchall())


class PostgresStore:
    """A connection that writes whole batches."""

    row_errors = Postgres.row_errors

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._parameters = connection_parameters(settings)
        self._dialect = Postgres()
        self._connection: psycopg.Connection[Any] | None = None

    def write(self, rows: Sequence[Row]) -> list[Saved]:
        """Write rows in one durable transaction: on this connection each statement is one."""
        return save(self._dialect, self._connection or self._connect(), rows)

    def _connect(self) -> psycopg.Connection[Any]:
        connection = psycopg.connect(**self._parameters, autocommit=True)
        # Whatever the role's defaults are: no answer before the commit is on the disk.
        connection.execute(_SESSION)
        self._connection = connection
        return connection

    def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(psycopg.Error):
                connection.close()


def connection_parameters(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Turn an entry of Django's ``DATABASES`` into what psycopg takes."""
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given = {ours: settings[theirs] for ours, theirs in named.items() if settings.get(theirs)}
    options = {k: v for k, v in (settings.get("OPTIONS") or {}).items() if k not in _DJANGO_ONLY}
    return _LIFE_SIGNS | given | options
