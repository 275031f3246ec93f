"""Mails that people write are conversations, answered by mail. The worker looks into the mailbox now and then."""

from bihuan.kernel.errors import Refused
from bihuan.spine.cases.conversing import Words, hear, language_of
from bihuan.spine.messages import actions
from bihuan.spine.messages.channels.choosing import MAIL
from bihuan.spine.messages.mail import fetching, reading


def look() -> int:
    """Take in what has come; return how many mails."""
    return fetching.fetch(take)


def take(raw: bytes) -> None:
    """Hear a mail and answer it; what a machine sent is left alone."""
    letter = reading.read(raw)
    if letter is None:
        return
    try:
        reply = hear(Words(MAIL, letter.sender, letter.number, letter.text))
    except Refused as refused:
        reply = refused.message
    draft = actions.draft(
        template="conversed",
        language=language_of(letter.text),
        to_channel=MAIL,
        address=letter.sender,
        about="",
        case_id=None,
        context={"words": reply},
    )
    actions.send_many([draft])
