"""Asking WeChat's and WeCom's servers: the access token that all calls need, and the calls."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.channels.refusing import NotTaken

STALE = frozenset({40001, 40014, 42001})  # the access token is wrong or has run out
EARLY = timedelta(minutes=5)


@dataclass
class Caller:
    """One account: where its interface is, how a token is asked for, and the token as long as it lasts."""

    home: Callable[[], str]
    token_path: Callable[[], str]
    token: str = ""
    until: datetime | None = None

    def post(self, path: str, said: dict[str, Any]) -> dict[str, Any]:
        """Send JSON and return what is answered; raises ``NotTaken`` on a no."""
        body = json.dumps(said, ensure_ascii=False).encode()
        told: dict[str, Any] = json.loads(
            self._ask(lambda token: ("POST", f"{path}?access_token={token}", body))
        )
        return told

    def media(self, number: str) -> bytes:
        """Fetch what somebody sent, by the number that the carrier gave it; raises ``NotTaken`` on a no."""
        path = f"media/get?media_id={quote(number)}&access_token="
        return self._ask(lambda token: ("GET", f"{path}{token}", b""))

    def forget(self) -> None:
        """Ask for a new token at the next call."""
        self.token, self.until = "", None

    def _ask(self, request: Callable[[str], tuple[str, str, bytes]]) -> bytes:
        """Ask with the token at hand, and once more with a new one when that is no longer good."""
        answer = self._call(*request(self._token()))
        if _errcode(answer) in STALE:
            self.forget()
            answer = self._call(*request(self._token()))
        if code := _errcode(answer):
            raise NotTaken(f"errcode {code}")
        return answer

    def _token(self) -> str:
        if self.until is None or self.until <= clock.now():
            told = json.loads(self._call("GET", self.token_path(), b""))
            if "access_token" not in told:
                raise NotTaken(f"no access token: {told.get('errcode')}")
            self.token = str(told["access_token"])
            self.until = clock.now() + clock.lasting(int(told["expires_in"])) - EARLY
        return self.token

    def _call(self, method: str, path: str, body: bytes) -> bytes:
        url = f"{self.home()}/cgi-bin/{path}"
        return outside.ask(method, url, body, most_bytes=settings.BIHUAN_PHOTO_BYTES + 1).body


def _errcode(answer: bytes) -> int:
    """Return the number of a refusal; a picture has none."""
    return int(json.loads(answer).get("errcode") or 0) if answer.lstrip().startswith(b"{") else 0
