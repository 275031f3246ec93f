"""Answers to people who wrote to the city's WeChat official account: its customer-service messages."""

from urllib.parse import urlencode

from django.conf import settings

from bihuan.spine.messages.models import Message
from bihuan.spine.messages.wechat.calling import Caller

PREFIX = "wechat:"
LIMIT = 600


def _token_path() -> str:
    said = {"appid": settings.BIHUAN_WECHAT_APP, "secret": settings.BIHUAN_WECHAT_SECRET}
    return f"token?grant_type=client_credential&{urlencode(said)}"


CALLER = Caller(lambda: str(settings.BIHUAN_WECHAT_URL), _token_path)


class WeChat:
    """Reaches people who wrote to the account."""

    name = "wechat"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith(PREFIX)

    def deliver(self, message: Message, address: str) -> None:
        words = {"content": message.body[:LIMIT]}
        said = {"touser": address.removeprefix(PREFIX), "msgtype": "text", "text": words}
        CALLER.post("message/custom/send", said)
