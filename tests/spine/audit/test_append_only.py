"""The database itself keeps the audit from being changed: plain SQL is refused too."""

import pytest
from django.db import DatabaseError, connection, transaction

from bihuan.spine.audit import append_only
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.models import Event, Leaf, Seal
from bihuan.spine.audit.sealing import seal_once

pytestmark = pytest.mark.django_db
TABLES = ["audit_event", "audit_leaf", "audit_seal"]


@pytest.fixture(autouse=True)
def sealed_event():
    record(by=SYSTEM, verb="opened", subject=("case", 1))
    seal_once()


def rows() -> list[object]:
    return [list(model.objects.values()) for model in (Event, Leaf, Seal)]


def refuses(statement: str) -> bool:
    before = rows()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    return rows() == before


@pytest.mark.parametrize(
    "change",
    ["audit_event SET verb = 'x'", "audit_leaf SET position = 9", "audit_seal SET leaf_count = 0"],
)
def test_update_is_refused(change):
    assert refuses(f"UPDATE {change}")


@pytest.mark.parametrize("table", TABLES)
def test_delete_is_refused(table):
    assert refuses(f"DELETE FROM {table}")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("table", TABLES)
def test_insert_or_replace_is_refused(table):
    assert refuses(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.sqlite_only
def test_replacing_a_leaf_by_its_event_is_refused():
    assert refuses(
        "REPLACE INTO audit_leaf (position, event_id, digest) SELECT 99, event_id, digest FROM audit_leaf"
    )


@pytest.mark.postgres_only
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(table):
    assert refuses(f"TRUNCATE {table} CASCADE")


@pytest.mark.postgres_only
def test_a_session_that_plays_the_replica_is_refused_too():
    assert refuses("SET LOCAL session_replication_role = replica; DELETE FROM audit_seal")


@pytest.mark.postgres_only
def test_an_upsert_is_refused():
    assert refuses(
        "INSERT INTO audit_event SELECT * FROM audit_event ON CONFLICT (id) DO UPDATE SET verb = 'x'"
    )


@pytest.mark.django_db(transaction=True)
def test_a_missing_guard_is_named():
    assert append_only.missing(connection) == []
    append_only.remove(connection)
    assert len(append_only.missing(connection)) >= len(TABLES)
    append_only.install(connection)
    assert append_only.missing(connection) == []
