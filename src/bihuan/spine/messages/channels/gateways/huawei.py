"""Huawei Cloud's text messages (batchSendSms v1), proved by a WSSE token. Its template holds one variable."""

import base64
import hashlib
import json
import secrets
from urllib.parse import urlencode

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.channels.refusing import NotTaken

URL = "https://smsapi.cn-north-4.myhuaweicloud.com/sms/batchSendSms/v1"
PROFILE = 'WSSE realm="SDP",profile="UsernameToken",type="Appkey"'


def send(number: str, words: str, address: str, url: str) -> None:
    """Send words as the template's one variable; ``number`` comes back in Huawei's reports."""
    said = {
        "from": settings.BIHUAN_SMS_APP, "to": address, "templateId": settings.BIHUAN_SMS_TEMPLATE,
        "templateParas": json.dumps([words], ensure_ascii=False), "extend": number,
        "signature": settings.BIHUAN_SMS_SENDER,
    }  # fmt: skip
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "Authorization": PROFILE,
        "X-WSSE": token(secrets.token_hex(16), f"{clock.now():%Y-%m-%dT%H:%M:%SZ}"),
    }  # fmt: skip
    reply = outside.ask("POST", url, urlencode(said).encode(), headers)
    code = json.loads(reply.body or b"{}").get("code")
    if code != "000000":
        raise NotTaken(f"HTTP {reply.status}: {code}")


def token(nonce: str, created: str) -> str:
    """Return the token: the digest is base64 over the hexadecimal SHA-256, as Huawei's own example has it."""
    digest = hashlib.sha256(f"{nonce}{created}{settings.BIHUAN_SMS_KEY}".encode()).hexdigest()
    told = base64.b64encode(digest.encode()).decode()
    user = settings.BIHUAN_SMS_USER
    return f'UsernameToken Username="{user}",PasswordDigest="{told}",Nonce="{nonce}",Created="{created}"'
