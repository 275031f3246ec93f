"""Mails that people write are conversations, answered by mail. The worker looks into the mailbox now and then."""

from django.conf import settings

from bihuan.spine.cases.conversing import Words, hear, language_of
from bihuan.spine.messages import actions
from bihuan.spine.messages.channels import states
from bihuan.spine.messages.channels.choosing import MAIL
from bihuan.spine.messages.conversations import remembering
from bihuan.spine.messages.mail import fetching, reading
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.pictures import keeping


def look() -> int:
    """Take in what has come; return how many mails."""
    try:
        count = fetching.fetch(take)
    except Exception as error:
        states.mark_failed(MAIL, states.IN, type(error).__name__)
        raise
    if settings.BIHUAN_IMAP_HOST:
        states.mark_worked(MAIL, states.IN)
    return count


def take(raw: bytes) -> None:
    """Hear a mail and answer it once; what a machine sent is left alone."""
    letter = reading.read(raw)
    if letter is None:
        return
    pictures = tuple(keeping.keep_all(letter.pictures))
    said = Words(MAIL, letter.sender, letter.number, letter.text, pictures=pictures)
    reply = hear(said)
    remembering.hand_over(said.heard_as, lambda: actions.send_many([_draft(letter, reply)]))


def _draft(letter: reading.Letter, reply: str) -> Message | None:
    return actions.draft(
        template="conversed",
        language=language_of(letter.text),
        to_channel=MAIL,
        address=letter.sender,
        about="",
        case_id=None,
        context={"words": reply},
    )
