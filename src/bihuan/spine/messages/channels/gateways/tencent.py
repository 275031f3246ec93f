"""Tencent Cloud's text messages (SMS 2021-01-11), signed by TC3-HMAC-SHA256. Its template holds one variable."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings

from bihuan.kernel import clock
from bihuan.spine.messages import outside
from bihuan.spine.messages.channels.refusing import NotTaken

URL = "https://sms.tencentcloudapi.com/"
KIND = "application/json; charset=utf-8"
REGION = "ap-guangzhou"
SIGNED = "content-type;host"


def send(number: str, words: str, address: str, url: str) -> None:
    """Send words as the template's one variable; ``number`` comes back in Tencent's reports."""
    said = {
        "PhoneNumberSet": [address], "SmsSdkAppId": settings.BIHUAN_SMS_APP, "SignName": settings.BIHUAN_SMS_SENDER,
        "TemplateId": settings.BIHUAN_SMS_TEMPLATE, "TemplateParamSet": [words], "SessionContext": number,
    }  # fmt: skip
    body, at = json.dumps(said).encode(), int(clock.now().timestamp())
    headers = {
        "Content-Type": KIND, "X-TC-Action": "SendSms", "X-TC-Version": "2021-01-11", "X-TC-Region": REGION,
        "X-TC-Timestamp": str(at), "Authorization": authorization("sms", urlsplit(url).netloc, body, at),
    }  # fmt: skip
    reply = outside.ask("POST", url, body, headers)
    told = json.loads(reply.body or b"{}").get("Response", {})
    sent = told.get("SendStatusSet") or [{}]
    code = told.get("Error", sent[0]).get("Code")
    if code != "Ok":
        raise NotTaken(f"HTTP {reply.status}: {code}")


def authorization(service: str, host: str, body: bytes, at: int) -> str:
    """Return the header that proves a request; ``at`` is its time in seconds of Unix."""
    day = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
    scope = f"{day}/{service}/tc3_request"
    signature = sign(settings.BIHUAN_SMS_KEY, scope, told(host, body, at, scope))
    return (
        f"TC3-HMAC-SHA256 Credential={settings.BIHUAN_SMS_USER}/{scope}, "
        f"SignedHeaders={SIGNED}, Signature={signature}"
    )


def told(host: str, body: bytes, at: int, scope: str) -> str:
    """Return the words that are signed: algorithm, time, scope, and the hash of the request in its plainest form."""
    headers = f"content-type:{KIND}\nhost:{host}\n"
    request = f"POST\n/\n\n{headers}\n{SIGNED}\n{hashlib.sha256(body).hexdigest()}"
    return f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"


def sign(secret: str, scope: str, words: str) -> str:
    """Return the signature: the secret is turned into a key of the scope, part by part."""
    key = f"TC3{secret}".encode()
    for part in scope.split("/"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()
