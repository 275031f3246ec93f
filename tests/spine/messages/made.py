"""Messages for the tests of this room."""

from typing import Any

from bihuan.kernel import clock
from bihuan.kernel.private import seal
from bihuan.spine.messages.models import Message

PHONE = "+8619900005526"


def make_message(address: str = PHONE, **fields: Any) -> Message:
    """Write a message that waits for the file channel."""
    now = clock.now()
    said = {
        "channel": "file", "template": "accept", "language": "en", "subject": "Your ask", "body": "Taken in hand.",
        "about": "482109375526", "address_sealed": seal(address), "created_at": now, "due_at": now,
    }  # fmt: skip
    return Message.objects.create(**said | fields)
