"""Whose desk is open: a page asked for, the sign of life of an open page, a program with somebody's token."""

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.resources.models import Presence

EVERY_S = 60  # real seconds: at most one write in so many for each person


def seen(person: User, language: str = "") -> bool:
    """Keep that a person is there, and in which language they read; return whether anything was written."""
    now = clock.now()
    last = Presence.objects.filter(pk=person.pk).first()
    is_fresh = last is not None and clock.ago(EVERY_S) < last.seen_at <= now
    if last is not None and is_fresh and language in {"", last.language}:
        return False
    row = Presence(person=person, seen_at=now, language=language or (last.language if last else ""))
    Presence.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person"], update_fields=["seen_at", "language"]
    )
    return True


def language_of(person: User) -> str:
    """Return the language in which a person last read their desk; empty when they never did."""
    return Presence.objects.filter(pk=person.pk).values_list("language", flat=True).first() or ""
