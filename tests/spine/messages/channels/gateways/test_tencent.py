"""Tencent Cloud's text messages, against the vector of its own documentation."""

import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from bihuan.spine.messages.channels.gateways import tencent
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import PHONE
from tests.spine.messages.webserver import Far

PUBLISHED = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
AT = 1551113065


def test_tencents_published_signature_comes_out(settings: Any) -> None:
    settings.BIHUAN_SMS_USER = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE"
    settings.BIHUAN_SMS_KEY = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
    assert tencent.authorization("cvm", "cvm.tencentcloudapi.com", PUBLISHED, AT) == (
        "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_the_published_words_to_sign_come_out() -> None:
    told = tencent.told("cvm.tencentcloudapi.com", PUBLISHED, AT, "2019-02-25/cvm/tc3_request")
    assert told.splitlines()[-1] == "5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031"


def test_tencent_gets_the_words_signed(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_APP, settings.BIHUAN_SMS_TEMPLATE = "1400006666", "449739"
    far.body = b'{"Response": {"SendStatusSet": [{"Code": "Ok"}], "RequestId": "r"}}'
    tencent.send("7", "已受理", PHONE, f"{far.url}/")
    asked = far.asked[0]
    said = json.loads(asked.body)
    assert (said["PhoneNumberSet"], said["TemplateParamSet"], said["SessionContext"]) == (
        [PHONE],
        ["已受理"],
        "7",
    )
    assert (asked.headers["x-tc-action"], asked.headers["x-tc-version"]) == ("SendSms", "2021-01-11")
    # What the far end works out from what it was sent is what it was told.
    proof = tencent.authorization(
        "sms", urlsplit(far.url).netloc, asked.body, int(asked.headers["x-tc-timestamp"])
    )
    assert asked.headers["authorization"] == proof and asked.headers["host"] == urlsplit(far.url).netloc


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"Response": {"SendStatusSet": [{"Code": "LimitExceeded.PhoneNumberDailyLimit"}]}}', "DailyLimit"),
        (b'{"Response": {"Error": {"Code": "AuthFailure.SignatureFailure"}}}', "SignatureFailure"),
        (b"", "None"),
    ],
)
def test_tencents_no_is_heard(far: Far, body: bytes, code: str) -> None:
    far.body = body
    with pytest.raises(NotTaken, match=code):
        tencent.send("7", "x", PHONE, f"{far.url}/")
