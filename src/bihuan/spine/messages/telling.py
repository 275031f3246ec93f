"""What the audit is told of messages: which went out, or could not, by which way, about which Case.

One Event for all that ended together, with one list for each message: its number, its Case, channel, template and
how it ended. Never an address, never the words.
"""

from collections.abc import Iterable

from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.messages.models import Message, MessageStatus

VERB = "messages"
ENDED = (MessageStatus.SENT, MessageStatus.FAILED)


def tell_audit(messages: Iterable[Message]) -> None:
    """Leave one Event of those messages that have ended; none where none has."""
    rows = [row_of(message) for message in messages if message.status in ENDED]
    if rows:
        record(by=SYSTEM, verb=VERB, subject=("message", None), detail={"messages": rows})


def row_of(message: Message) -> list[int | str | None]:
    """Return what is told of one message."""
    return [message.pk, message.case_id, message.channel, message.template, str(message.status)]
