"""Letters of WeChat and WeCom: heard as a conversation, answered in the same exchange."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bihuan.faces.api.problems import answer as problem
from bihuan.kernel import clock
from bihuan.kernel.errors import Busy
from bihuan.spine.cases.conversing import Words, hear
from bihuan.spine.messages.wechat import reading, sealing
from bihuan.spine.messages.wechat.reading import Letter

NOTHING = b"success"
"""What both take for: heard, and nothing to say."""


def exchange(channel: str, prefix: str, letter: Letter, account: tuple[str, str, str] | None) -> HttpResponse:
    """Hear a letter and answer it, encrypted where an account (token, key, receiver) is given."""
    try:
        body = answered(channel, prefix, letter)
    except Busy as busy:
        # The carrier sends again what was not taken.
        return problem(busy.status, busy.message, code=busy.code)
    if not body:
        return HttpResponse(NOTHING, content_type="text/plain")
    if account:
        body = sealing.envelope(*account, body, int(clock.now().timestamp()))
    return HttpResponse(body, content_type="text/xml; charset=utf-8")


def answered(channel: str, prefix: str, letter: Letter) -> bytes:
    """Hear a letter and return the answer as XML, not encrypted yet; empty where nothing wants one.

    Raises
    ------
    Busy
        when it can't be taken now; the carrier sends it again.
    """
    if letter.is_silent:
        return b""
    return reading.reply(letter, _words(channel, prefix, letter), int(clock.now().timestamp()))


def _words(channel: str, prefix: str, letter: Letter) -> str:
    if letter.is_greeting:
        return _("Write in a few words what you need, and where. You get a receipt at once.")
    pictures = (f"{prefix}{letter.picture}",) if letter.picture else ()
    words = Words(channel, f"{prefix}{letter.sender}", letter.number, letter.text)
    return hear(replace(words, lon=letter.lon, lat=letter.lat, pictures=pictures))
