"""Answers to people who wrote to the city's application in WeCom: its application messages."""

from urllib.parse import urlencode

from django.conf import settings

from bihuan.spine.messages.channels.refusing import NotTaken
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wechat.calling import Caller

PREFIX = "wecom:"
LIMIT_BYTES = 2048
SAME_S = 14_400
"""WeCom drops a message with the same words to the same person for so long: one sent twice after a crash."""


def _token_path() -> str:
    said = {"corpid": settings.BIHUAN_WECOM_CORP, "corpsecret": settings.BIHUAN_WECOM_SECRET}
    return f"gettoken?{urlencode(said)}"


CALLER = Caller(lambda: str(settings.BIHUAN_WECOM_URL), _token_path)


class WeCom:
    """Reaches people who wrote to the application."""

    name = "wecom"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith(PREFIX)

    def deliver(self, message: Message, address: str) -> None:
        words = message.body.encode()[:LIMIT_BYTES].decode(errors="ignore")
        said = {
            "touser": address.removeprefix(PREFIX), "msgtype": "text", "agentid": settings.BIHUAN_WECOM_AGENT,
            "text": {"content": words}, "enable_duplicate_check": 1, "duplicate_check_interval": SAME_S,
        }  # fmt: skip
        told = CALLER.post("message/send", said)
        if told.get("invaliduser"):
            raise NotTaken("nobody of that name may be written to")
