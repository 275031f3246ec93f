"""A conversation with somebody who asks, over a channel that only carries words to and fro.

What comes from somebody without an open Case is an ask and goes through the door. What comes from somebody with one
is said to that Case: it answers the office's question, says yes or no to what is reported as done, or adds something.
Where there are several the person is asked which. A word at the beginning says that it is a new ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Busy, Refused
from bihuan.kernel.ids import format_receipt
from bihuan.kernel.private import keyed_hash
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Asker
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import Received, submit
from bihuan.spine.messages.channels import states
from bihuan.spine.messages.conversations import remembering
from bihuan.spine.messages.drills.answering import heard
from bihuan.spine.messages.pictures import keeping
from bihuan.spine.messages.wording import CHINESE, ENGLISH

NEW = ("新诉求", "新的", "new ask", "new:")
YES = frozenset({"1", "是", "是的", "好了", "解决了", "yes", "y"})
NO = frozenset({"2", "否", "没有", "没好", "没解决", "no", "n"})
OFFERED = 5


@dataclass(frozen=True)
class Words:
    """What came in: by which channel, from which address, under which number of the carrier's.

    ``phone`` where the address is a telephone (E.164). ``lon`` and ``lat`` are WGS 84. ``pictures`` as
    ``messages.pictures`` has them.
    """

    channel: str
    address: str
    key: str
    text: str
    phone: str = ""
    lon: float | None = None
    lat: float | None = None
    pictures: tuple[str, ...] = ()

    @property
    def heard_as(self) -> str:
        """The key under which this message is heard once."""
        return remembering.key_of(self.channel, self.address, self.key)


def hear(said: Words) -> str:
    """Do what somebody's words ask for and return the answer; the same message twice is done and answered once.

    Raises
    ------
    Busy
        when the door can't take it now: nothing is done, and the carrier may send it again.
    """
    with translation.override(language_of(said.text)):
        reply = remembering.answer_to(said.heard_as)
        if reply is None:
            reply = _drilled(said) or _answer(said)
        states.mark_worked(said.channel, states.IN)
        return reply


def _drilled(said: Words) -> str | None:
    """Take words with the code of a drill, from where it was sent, as the answer to it, before all else."""
    reply = heard(said.channel, said.address, said.text)
    return reply and remembering.once(said.heard_as, lambda: reply)


def language_of(text: str) -> str:
    """Return the language to answer in: English where the words are letters of ours alone."""
    return ENGLISH if text.isascii() and any(map(str.isalpha, text)) else CHINESE


def _answer(said: Words) -> str:
    text = said.text.strip() or (_("(picture)") if said.pictures else "")
    if not text:
        return _("Write in a few words what you need, and where.")
    new = next((word for word in NEW if text.lower().startswith(word)), "")
    if new:
        return _ask(said, text[len(new) :].lstrip(" ：:，,"))
    if _is_ask(said, text):
        return _ask(said, text)
    return remembering.once(said.heard_as, lambda: _reply(said, text))


def _is_ask(said: Words, text: str) -> bool:
    """Say whether words belong to no open Case; one that was begun as an ask, and not finished, is still one."""
    if Submission.objects.filter(client_id=said.heard_as).exists():
        return True
    return not (open_asks(said) or _number_in(said, text))


def _number_in(said: Words, text: str) -> int:
    """Return the number of the ask that words choose, 0 when they don't."""
    number = int(text) if text.isdecimal() and len(text) < 3 else 0
    return number if remembering.is_choice(said.address, number) else 0


def _reply(said: Words, text: str) -> str:
    mine = open_asks(said)
    if chosen := remembering.choose(said.address, _number_in(said, text)):
        receipt, words, pictures = chosen
        return next(
            (_tell(one, words, pictures) for one in mine if one.submission.receipt == receipt), _gone()
        )
    if not mine:
        return _gone()
    return _tell(mine[0], text, said.pictures) if len(mine) == 1 else _which(said, text, mine)


def open_asks(said: Words) -> list[Asker]:
    """Return the asks of this person whose Cases are open, newest first."""
    found = Asker.objects.filter(case__is_open=True).select_related("case__service", "submission")
    if said.phone:
        found = found.filter(phone_hash=keyed_hash(said.phone))
    else:
        found = found.filter(submission__receipt__in=remembering.receipts_of(said.address))
    return list(found.order_by("-id")[:OFFERED])


def _ask(said: Words, text: str) -> str:
    if not text:
        return _("Write in a few words what you need, and where.")
    body: dict[str, object] = {
        "client_id": said.heard_as, "channel": said.channel, "text": text, "language": translation.get_language(),
    }  # fmt: skip
    if said.phone:
        body["phone"] = said.phone
    if said.lon is not None:
        body |= {"lon": said.lon, "lat": said.lat}
    try:
        received = submit(body)
    except Busy:
        raise
    except Refused as refused:
        why = refused.message
        return remembering.once(said.heard_as, lambda: why)
    return remembering.once(said.heard_as, lambda: _received(said, received))


def _received(said: Words, received: Received) -> str:
    if not said.phone:
        remembering.remember(received.receipt, said.channel, said.address)
    keeping.put_to(received.receipt, said.pictures)
    told = _("We have it. Your receipt: %(receipt)s. Write again to add something.")
    answer = told % {"receipt": format_receipt(received.receipt)}
    if received.emergency:
        answer += " " + _("If anybody is in danger, telephone %(number)s now.") % {
            "number": received.emergency
        }
    return answer


def _which(said: Words, text: str, mine: list[Asker]) -> str:
    remembering.wait(said.address, text, said.pictures, [one.submission.receipt for one in mine])
    lines = [f"{k}  {_named(one)}" for k, one in enumerate(mine, 1)]
    return "\n".join([_("Which of your asks is it about? Answer with the number."), *lines])


def _named(asker: Asker) -> str:
    service = asker.case.service.name if asker.case.service else _("not sorted yet")
    return f"{service} ({format_receipt(asker.submission.receipt)[-4:]})"


def _gone() -> str:
    return _("That one is closed. Write again what you need.")


def _tell(asker: Asker, text: str, pictures: Sequence[str]) -> str:
    try:
        reply = _said(asker, text)
    except Refused as refused:
        return refused.message
    keeping.put_to(asker.submission.receipt, pictures)
    return reply


def _said(asker: Asker, text: str) -> str:
    """Do the asker's verb that the words amount to where the Case stands, and say that it is done."""
    case, word = asker.case, text.lower().strip("。.!！ ")
    if case.status == Status.HOLD:
        actions.answer(case=case, by=ASKER, text=text)
        return _("Thank you. The work goes on.")
    if case.status == Status.RESOLVED and word in YES:
        actions.confirm(case=case, by=ASKER, asker=asker)
        return _("Thank you. Your ask is closed.")
    if case.status == Status.RESOLVED and word in NO:
        actions.reopen(case=case, by=ASKER, asker=asker, reason=text)
        return _("We are sorry. It is open again.")
    actions.say(case=case, by=ASKER, text=text)
    if case.status == Status.RESOLVED:
        return _("The office says it is done. Is it? Answer 1 for yes, 2 for no.")
    return _("Added to your ask %(receipt)s.") % {"receipt": format_receipt(asker.submission.receipt)}
