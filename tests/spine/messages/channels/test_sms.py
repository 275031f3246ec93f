"""Text messages out."""

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from bihuan.spine.messages.channels import sms
from tests.spine.messages.made import PHONE, make_message
from tests.spine.messages.webserver import Far

PUBLISHED = {
    "AccessKeyId": "testId", "Timestamp": "2017-07-12T02:42:19Z", "Format": "XML", "SignatureMethod": "HMAC-SHA1",
    "SignatureVersion": "1.0", "SignatureNonce": "45e25e9b-0a6f-4070-8c85-2956eda1b466", "Action": "SendSms",
    "Version": "2017-05-25", "RegionId": "cn-hangzhou", "PhoneNumbers": "15300000001", "OutId": "123",
    "SignName": "阿里云短信测试专用", "TemplateParam": '{"customer":"test"}', "TemplateCode": "SMS_71390007",
}  # fmt: skip


def test_aliyuns_published_signature_comes_out() -> None:
    assert sms.sign_aliyun("GET", PUBLISHED, "testSecret") == "zJDF+Lrzhj/ThnlvIToysFRq6t4="


def test_telephones_are_reached_and_nothing_else() -> None:
    assert [sms.Sms().reaches(one) for one in (PHONE, "wechat:ana", "ana@x.example", "")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.django_db
def test_any_gateway_gets_json_with_the_key(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_URL, settings.BIHUAN_SMS_KEY = f"{far.url}/send", "secret"
    message = make_message()
    sms.Sms().deliver(message, PHONE)
    assert json.loads(far.asked[0].body) == {"id": str(message.pk), "to": PHONE, "text": "Taken in hand."}
    assert far.asked[0].headers["authorization"] == "Bearer secret"
    far.status = 500
    with pytest.raises(sms.NotTaken):
        sms.Sms().deliver(message, PHONE)


@pytest.mark.django_db
def test_aliyun_gets_a_signed_address_and_its_no_is_heard(
    far: Far, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sms, "ALIYUN", far.url)
    settings.BIHUAN_SMS_URL, settings.BIHUAN_SMS_KEY, far.body = f"{far.url}/", "k", b'{"Code": "OK"}'
    sms.Sms().deliver(make_message(), PHONE)
    said = {name: values[0] for name, values in parse_qs(urlsplit(far.asked[0].path).query).items()}
    given = said.pop("Signature")
    blank = {"AccessKeyId": "", "SignName": "", "TemplateCode": ""}
    assert given == sms.sign_aliyun("GET", blank | said, "k") and said["PhoneNumbers"] == "19900005526"
    far.body = b'{"Code": "isv.BUSINESS_LIMIT_CONTROL"}'
    with pytest.raises(sms.NotTaken, match="LIMIT"):
        sms.Sms().deliver(make_message(), PHONE)
