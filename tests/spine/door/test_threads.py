"""Connections of threads that nobody looks after."""

import pytest
from django.db import connection, transaction

from bihuan.spine.door.threads import drop_dead_connection


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_is_replaced() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.connection.close()
    connection.errors_occurred = True
    drop_dead_connection()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_left_alone() -> None:
    with transaction.atomic():
        drop_dead_connection()
        assert connection.connection is not None
