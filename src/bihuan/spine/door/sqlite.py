"""The store on SQLite: write-ahead log, each commit on the disk before it counts (``synchronous=FULL``)."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from bihuan.spine.door.intake import Row
from bihuan.spine.door.store import COLUMNS, TABLE, Saved, save

INSERT = (
    f"INSERT INTO {TABLE} ({COLUMNS}) "  # noqa: S608  (the names of our own columns)
    f"VALUES ({', '.join('?' * len(Row._fields))}) ON CONFLICT DO NOTHING"
)
FIND = (
    f"SELECT client_id, receipt FROM {TABLE} "  # noqa: S608
    "WHERE client_id IN (SELECT value FROM json_each(?))"
)
BUSY_S = 5.0  # how long another writer may hold the file before the door answers 503
CACHE_KIB = 65_536  # receipts and client ids fall all over their indexes: without room each costs a read
CHECKPOINT_PAGES = 4000  # 16 MB of log between two checkpoints: their cost is shared by more commits


class Sqlite:
    """SQLite 3.24 or newer."""

    row_errors: tuple[type[Exception], ...] = (
        sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, OverflowError, UnicodeError,
    )  # fmt: skip

    def insert(self, connection: Any, rows: Sequence[Row]) -> int:
        """Insert the rows that clash with none, return how many they were."""
        with closing(connection.cursor()) as cursor:
            cursor.executemany(INSERT, map(_values, rows))
            return int(max(cursor.rowcount, 0))

    def find_receipts(self, connection: Any, client_ids: Sequence[str]) -> dict[str, str]:
        """Return the receipts of those client ids that are in the table."""
        with closing(connection.cursor()) as cursor:
            return dict(cursor.execute(FIND, [json.dumps(client_ids)]).fetchall())


def _values(row: Row) -> tuple[object, ...]:
    # As Django writes an instant: in UTC, without the offset.
    return (*row[:-1], str(row.received_at.replace(tzinfo=None)))


class SqliteStore:
    """A connection that writes whole batches."""

    row_errors = Sqlite.row_errors

    def __init__(self, path: str | Path) -> None:
        self._path = str(path)
        self._dialect = Sqlite()
        self._connection: sqlite3.Connection | None = None
        self._file = (0, 0)

    def write(self, rows: Sequence[Row]) -> list[Saved]:
        """Write rows in one durable transaction."""
        connection = self._connection or self._connect()
        if self._file != _identity(self._path):
            raise sqlite3.OperationalError("the database file is no longer where it was")
        connection.execute("BEGIN IMMEDIATE")
        try:
            saved = save(self._dialect, connection, rows)
            connection.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return saved

    def _connect(self) -> sqlite3.Connection:
        # mode=rw: a file that was moved away must not be replaced by an empty one.
        uri = f"{Path(self._path).resolve().as_uri()}?mode=rw"
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_S)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
            connection.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
            self._file = _identity(self._path)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def close(self) -> None:
        """Let the connection go."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()


def _identity(path: str) -> tuple[int, int]:
    """Say which file a path stands for: one that was swapped would take rows that nobody finds again."""
    stat = Path(path).stat()
    return stat.st_dev, stat.st_ino
