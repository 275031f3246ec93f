"""Answers to people who wrote to the city's WeChat official account: its customer-service messages."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.models import Message

PREFIX = "wechat:"
LIMIT = 600
STALE = frozenset({40001, 40014, 42001})  # the access token is wrong or has run out
EARLY = timedelta(minutes=5)


class NotTaken(Exception):
    """WeChat said no."""


@dataclass
class _Pass:
    """The access token that all calls need, for two hours."""

    token: str = ""
    until: datetime | None = None

    def get(self, *, is_fresh: bool = False) -> str:
        if is_fresh or self.until is None or self.until <= clock.now():
            told = _call(
                "GET",
                f"token?grant_type=client_credential&appid={settings.BIHUAN_WECHAT_APP}"
                f"&secret={settings.BIHUAN_WECHAT_SECRET}",
            )
            if "access_token" not in told:
                raise NotTaken(f"no access token: {told.get('errcode')}")
            self.token = str(told["access_token"])
            self.until = clock.now() + clock.lasting(int(told["expires_in"])) - EARLY
        return self.token


_pass = _Pass()


class WeChat:
    """Reaches people who wrote to the account."""

    name = "wechat"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith(PREFIX)

    def deliver(self, message: Message, address: str) -> None:
        said = {
            "touser": address.removeprefix(PREFIX),
            "msgtype": "text",
            "text": {"content": message.body[:LIMIT]},
        }
        told = _send(said, _pass.get())
        if told.get("errcode") in STALE:
            told = _send(said, _pass.get(is_fresh=True))
        if told.get("errcode"):
            raise NotTaken(f"errcode {told['errcode']}")


def fetch_media(number: str) -> bytes:
    """Fetch what somebody sent, by WeChat's number for it; refuses nothing, raises ``NotTaken`` on WeChat's no."""
    path = f"media/get?media_id={quote(number)}&access_token="
    body = _media(path, _pass.get())
    if _errcode(body) in STALE:
        body = _media(path, _pass.get(is_fresh=True))
    if code := _errcode(body):
        raise NotTaken(f"errcode {code}")
    return body


def _media(path: str, token: str) -> bytes:
    url = f"{settings.BIHUAN_WECHAT_URL}/cgi-bin/{path}{token}"
    return outside.ask("GET", url, most_bytes=settings.BIHUAN_PHOTO_BYTES + 1).body


def _errcode(body: bytes) -> int:
    """Return the number of an error; a picture has none."""
    return int(json.loads(body).get("errcode", 0)) if body.startswith(b"{") else 0


def _send(said: dict[str, Any], token: str) -> dict[str, Any]:
    body = json.dumps(said, ensure_ascii=False).encode()
    return _call("POST", f"message/custom/send?access_token={token}", body)


def _call(method: str, path: str, body: bytes = b"") -> dict[str, Any]:
    reply = outside.ask(method, f"{settings.BIHUAN_WECHAT_URL}/cgi-bin/{path}", body)
    told: dict[str, Any] = json.loads(reply.body)
    return told
