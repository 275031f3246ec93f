"""Reading the outbox: what somebody was told, and what could not be told."""

from django.db.models import QuerySet

from bihuan.spine.messages.models import Message, MessageStatus

__all__ = ["count_failed", "list_about", "list_failed"]

LIMIT = 200
# Nobody is left without word when one of these fails; their own pages tell of it.
TRIALS = ("drill", "channel_test")


def list_failed(limit: int = LIMIT) -> list[Message]:
    """Return the messages that could not be sent, newest first, for a person to see to."""
    return list(_failed().order_by("-id")[:limit])


def count_failed() -> int:
    """Count the messages that could not be sent."""
    return _failed().count()


def list_about(about: str, limit: int = LIMIT) -> list[Message]:
    """Return what was written about a receipt, or to the desk of an agency by its code, newest first."""
    return list(Message.objects.filter(about=about).order_by("-id")[:limit]) if about else []


def _failed() -> QuerySet[Message]:
    return Message.objects.filter(status=MessageStatus.FAILED).exclude(template__in=TRIALS)
