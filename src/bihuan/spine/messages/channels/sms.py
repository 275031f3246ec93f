"""Text messages by the HTTP interface of a provider: Aliyun's, or any that takes JSON with a key.

Aliyun takes no free words: its template must hold one variable ``words``.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.models import Message

ALIYUN = "https://dysmsapi.aliyuncs.com/"
LIMIT = 300


class NotTaken(Exception):
    """The provider said no."""


class Sms:
    """Reaches telephones."""

    name = "sms"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return address.startswith("+")

    def deliver(self, message: Message, address: str) -> None:
        send = _send_aliyun if settings.BIHUAN_SMS_URL.startswith(ALIYUN) else _send_plain
        send(f"{message.pk}", message.body[:LIMIT], address)


def _send_plain(number: str, words: str, address: str) -> None:
    """Send ``id``, ``to`` and ``text`` as JSON with the key as a bearer token."""
    body = json.dumps({"id": number, "to": address, "text": words}, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "authorization": f"Bearer {settings.BIHUAN_SMS_KEY}"}
    reply = outside.ask("POST", settings.BIHUAN_SMS_URL, body, headers)
    if not 200 <= reply.status < 300:
        raise NotTaken(f"HTTP {reply.status}")


def _send_aliyun(number: str, words: str, address: str) -> None:
    now = clock.now()
    said = {
        "AccessKeyId": settings.BIHUAN_SMS_USER, "Action": "SendSms", "Format": "JSON", "OutId": number,
        "PhoneNumbers": address.removeprefix("+86"), "RegionId": "cn-hangzhou", "SignName": settings.BIHUAN_SMS_SENDER,
        "SignatureMethod": "HMAC-SHA1", "SignatureNonce": f"{number}-{now.timestamp()}", "SignatureVersion": "1.0",
        "TemplateCode": settings.BIHUAN_SMS_TEMPLATE, "TemplateParam": json.dumps({"words": words}),
        "Timestamp": f"{now:%Y-%m-%dT%H:%M:%SZ}", "Version": "2017-05-25",
    }  # fmt: skip
    signed = said | {"Signature": sign_aliyun("GET", said, settings.BIHUAN_SMS_KEY)}
    reply = outside.ask("GET", f"{settings.BIHUAN_SMS_URL}?{urlencode(signed)}")
    code = json.loads(reply.body or b"{}").get("Code")
    if code != "OK":
        raise NotTaken(f"HTTP {reply.status}: {code}")


def sign_aliyun(method: str, said: Mapping[str, str], secret: str) -> str:
    """Return Aliyun's signature of a request (HMAC-SHA-1 over the sorted parameters, encoded twice)."""
    query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(said.items()))
    told = f"{method}&{_encoded('/')}&{_encoded(query)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), told.encode(), hashlib.sha1).digest()).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
