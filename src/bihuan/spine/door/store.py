"""Writes rows and says which receipt stands for each; the same few lines for both databases.

The database's own unique constraints decide alone, so two doors, two requests in one batch and two sends
of one request are one and the same matter.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from bihuan.kernel import ids
from bihuan.spine.door.intake import Row

DRAWS = 8  # with 10^8 rows one draw in a thousand meets a taken receipt; eight in a row never do
COLUMNS = ", ".join(Row._fields)
TABLE = "door_submission"


class Saved(NamedTuple):
    """The receipt that stands for a Submission, and whether this row made it."""

    receipt: str
    is_new: bool


class Dialect(Protocol):
    """What differs between the databases."""

    row_errors: tuple[type[Exception], ...]
    """Errors that a row brings on itself; all others mean that the database is away."""

    def insert(self, connection: Any, rows: Sequence[Row]) -> int:
        """Insert the rows that clash with none, return how many they were."""
        ...

    def find_receipts(self, connection: Any, client_ids: Sequence[str]) -> dict[str, str]:
        """Return the receipts of those client ids that are in the table."""
        ...


class Store(Protocol):
    """A connection of its own that makes each batch durable. Used by one thread only."""

    row_errors: tuple[type[Exception], ...]

    def write(self, rows: Sequence[Row]) -> list[Saved]:
        """Write rows in one durable transaction, connecting first where need be.

        No rows is a trial: does the database take a write now?

        Raises
        ------
        Exception
            one of ``row_errors``, or anything else when the database is away; nothing counts as saved.
        """
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...


def save(dialect: Dialect, connection: Any, rows: Sequence[Row]) -> list[Saved]:
    """Write rows in the transaction that the DB-API connection is in; answer in the order of the rows."""
    for _ in range(DRAWS):
        if dialect.insert(connection, rows) == len(rows):
            return [Saved(row.receipt, True) for row in rows]
        receipts = dialect.find_receipts(connection, [row.client_id for row in rows])
        if all(row.client_id in receipts for row in rows):
            # A row is new exactly when the receipt that it drew is the one that stands.
            return [Saved(receipts[row.client_id], receipts[row.client_id] == row.receipt) for row in rows]
        # What neither went in nor is there met a receipt that somebody else holds.
        rows = [row if row.client_id in receipts else redrawn(row) for row in rows]
    raise RuntimeError("no free receipt could be drawn")


def redrawn(row: Row) -> Row:
    """Give a row another receipt; a printed one stands on paper and can't be changed."""
    if ids.is_printed(row.receipt):
        raise RuntimeError("a printed receipt is taken")
    return row._replace(receipt=ids.new_receipt())


def dialect_of(vendor: str) -> Dialect:
    """Return the dialect of what Django calls ``sqlite`` or ``postgresql``."""
    if vendor == "postgresql":
        from bihuan.spine.door.postgres import Postgres

        return Postgres()
    from bihuan.spine.door.sqlite import Sqlite

    return Sqlite()


def open_store(settings: Mapping[str, Any]) -> Store:
    """Make the store for an entry of Django's ``DATABASES``; it connects at the first write."""
    if settings["ENGINE"].endswith("postgresql"):
        from bihuan.spine.door.postgres import PostgresStore

        return PostgresStore(settings)
    from bihuan.spine.door.sqlite import SqliteStore

    return SqliteStore(settings["NAME"])
