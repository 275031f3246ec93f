"""Django's connections in threads that no request begins or ends."""

from django.db import connection


def drop_dead_connection() -> None:
    """Let this thread's connection go when it died or grew too old; the next query makes another."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
