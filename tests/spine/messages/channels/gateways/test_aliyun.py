"""Aliyun's text messages."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bihuan.spine.messages.channels.gateways import aliyun
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import PHONE
from tests.spine.messages.webserver import Far

PUBLISHED = {
    "AccessKeyId": "testId", "Timestamp": "2017-07-12T02:42:19Z", "Format": "XML", "SignatureMethod": "HMAC-SHA1",
    "SignatureVersion": "1.0", "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466", "Action": "SendSms",
    "Version": "2017-05-25", "RegionId": "cn-hangzhou", "PhoneNumbers": "15300000001", "OutId": "123",
    "SignName": "阿里云短信测试专用", "TemplateParam": '{"customer":"test"}', "TemplateCode": "SMS_71390007",
}  # fmt: skip


def test_aliyuns_published_signature_comes_out() -> None:
    assert aliyun.sign("GET", PUBLISHED, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def test_aliyun_gets_a_signed_address_and_its_no_is_heard(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_KEY, far.body = "k", b'{"Code": "OK"}'
    aliyun.send("7", "Taken in hand.", PHONE, f"{far.url}/")
    said = {name: values[0] for name, values in parse_qs(urlsplit(far.asked[0].path).query).items()}
    given = said.pop("Signature")
    blank = {"AccessKeyId": "", "SignName": "", "TemplateCode": ""}
    assert given == aliyun.sign("GET", blank | said, "k") and said["PhoneNumbers"] == "19900005526"
    assert json.loads(said["TemplateParam"]) == {"words": "Taken in hand."}
    far.body = b'{"Code": "isv.BUSINESS_LIMIT_CONTROL"}'
    with pytest.raises(NotTaken, match="LIMIT"):
        aliyun.send("7", "Taken in hand.", PHONE, f"{far.url}/")
