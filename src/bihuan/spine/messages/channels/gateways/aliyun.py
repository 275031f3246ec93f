"""Aliyun's text messages (Dysmsapi 2017-05-25). Its template must hold one variable ``words``."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.channels.refusing import NotTaken

URL = "https://dysmsapi.aliyuncs.com/"


def send(number: str, words: str, address: str, url: str) -> None:
    now = clock.now()
    said = {
        "AccessKeyId": settings.BIHUAN_SMS_USER, "Action": "SendSms", "Format": "JSON", "OutId": number,
        "PhoneNumbers": address.removeprefix("+86"), "RegionId": "cn-hangzhou", "SignName": settings.BIHUAN_SMS_SENDER,
        "SignatureMethod": "HMAC-SHA1", "SignatureNonce": f"{number}-{now.timestamp()}", "SignatureVersion": "1.0",
        "TemplateCode": settings.BIHUAN_SMS_TEMPLATE, "TemplateParam": json.dumps({"words": words}),
        "Timestamp": f"{now:%Y-%m-%dT%H:%M:%SZ}", "Version": "2017-05-25",
    }  # fmt: skip
    signed = said | {"Signature": sign("GET", said, settings.BIHUAN_SMS_KEY)}
    reply = outside.ask("GET", f"{url}?{urlencode(signed)}")
    code = json.loads(reply.body or b"{}").get("Code")
    if code != "OK":
        raise NotTaken(f"HTTP {reply.status}: {code}")


def sign(method: str, said: Mapping[str, str], secret: str) -> str:
    """Return Aliyun's signature of a request (HMAC-SHA-1 over the sorted parameters, encoded twice)."""
    query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(said.items()))
    told = f"{method}&{_encoded('/')}&{_encoded(query)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), told.encode(), hashlib.sha1).digest()).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
