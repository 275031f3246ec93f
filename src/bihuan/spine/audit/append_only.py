"""Database triggers that refuse to change or remove what the audit holds, on both engines."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_event", "audit_leaf", "audit_seal")
SAYS = "the audit is append-only"

# INSERT OR REPLACE removes a row on SQLite without waking its delete trigger, so it is met at the insert.
_SQLITE_KEYS = {
    "audit_event": "id = NEW.id",
    "audit_leaf": "position = NEW.position OR event_id = NEW.event_id",
    "audit_seal": "id = NEW.id",
}
_SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{says}'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{says}'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
WHEN EXISTS (SELECT 1 FROM {table} WHERE {key})
BEGIN SELECT RAISE(ABORT, '{says}: UNIQUE constraint failed'); END;
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{says}' USING ERRCODE = 'insufficient_privilege'; END $$
"""
# ALWAYS: also where a session plays the replica to get past triggers.
_POSTGRESQL = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_no_change;
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    if connection.vendor == "postgresql":
        _run(connection, _POSTGRESQL_FUNCTION.format(says=SAYS))
    for table in TABLES:
        if connection.vendor == "postgresql":
            _run(connection, _POSTGRESQL.format(table=table))
        else:
            for statement in _SQLITE.format(table=table, says=SAYS, key=_SQLITE_KEYS[table]).split("END;"):
                if statement.strip():
                    _run(connection, f"{statement} END;")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: to undo the migration, and between tests."""
    for name, table in _expected(connection):
        on = f" ON {table}" if connection.vendor == "postgresql" else ""
        _run(connection, f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of triggers that ought to be there and are not."""
    catalogue = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _ in _expected(connection) if name not in present]


def _expected(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    kinds = ["no_change"] if connection.vendor == "postgresql" else ["no_update", "no_delete", "no_replace"]
    return [(f"{table}_{kind}", table) for table in TABLES for kind in kinds]


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
