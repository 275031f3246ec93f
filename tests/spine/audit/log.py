"""A small sealed log, and ways to spoil it behind the triggers' back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from bihuan.spine.accounts.models import User
from bihuan.spine.audit import append_only
from bihuan.spine.audit.actions import draft, record_many
from bihuan.spine.audit.sealing import seal_once
from bihuan.spine.audit.signing import own_keyring
from bihuan.spine.audit.verification import Tally, check_log

SEALS, EVENTS = 3, 4


def write_log() -> None:
    """Write three Seals of four Events each."""
    ben = User.objects.create(username="ben")
    for seal in range(SEALS):
        record_many(
            draft(
                by=ben,
                verb="accept",
                subject=("case", 7),
                case_id=7,
                agency_id=3,
                detail={"n": seal * EVENTS + n},
            )
            for n in range(EVENTS)
        )
        seal_once()


@contextmanager
def spoilt(*statements: str) -> Iterator[None]:
    """Change the log by SQL, as somebody who owns the database can; put all back at the end of the block."""
    with transaction.atomic():
        connection.check_constraints()
        append_only.remove(connection)
        with _without_keys(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        append_only.install(connection)
        yield
        transaction.set_rollback(True)


@contextmanager
def _without_keys() -> Iterator[None]:
    """Let rows point nowhere and hold nonsense."""
    postgres = connection.vendor == "postgresql"
    off, on = (
        ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT")
        if postgres
        else ("PRAGMA ignore_check_constraints = ON", "PRAGMA ignore_check_constraints = OFF")
    )
    with connection.cursor() as cursor:
        cursor.execute(off)
        try:
            yield
        finally:
            cursor.execute(on)


def faults() -> list[str]:
    """Return what the verifier finds."""
    return [str(fault) for fault in check_log(own_keyring(), Tally())]
