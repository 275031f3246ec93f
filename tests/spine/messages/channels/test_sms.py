"""Text messages out: which provider carries them."""

import json
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bihuan.spine.messages.channels import sms
from bihuan.spine.messages.channels.gateways import aliyun, huawei, plain, tencent
from tests.spine.messages.made import PHONE, make_message
from tests.spine.messages.webserver import Far


def test_telephones_are_reached_and_nothing_else() -> None:
    found = [sms.Sms().reaches(one) for one in (PHONE, "wechat:ana", "ana@x.example", "")]
    assert found == [True, False, False, False]


@pytest.mark.parametrize(
    ("named", "url", "send"),
    [
        ("", "https://dysmsapi.aliyuncs.com/", aliyun.send),
        ("", "https://sms.example/", plain.send),
        ("tencent", "", tencent.send),
        ("huawei", "", huawei.send),
        ("plain", "https://dysmsapi.aliyuncs.com/", plain.send),
    ],
)
def test_the_provider_is_the_one_that_is_named_or_whose_address_it_is(
    settings: Any, named: str, url: str, send: sms.Send
) -> None:
    settings.BIHUAN_SMS_PROVIDER, settings.BIHUAN_SMS_URL = named, url
    assert sms.provider()[0] is send


def test_a_provider_that_nobody_knows_is_refused_with_those_that_are_known(settings: Any) -> None:
    settings.BIHUAN_SMS_PROVIDER = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="plain, aliyun, tencent, huawei"):
        sms.provider()


@pytest.mark.django_db
def test_what_is_sent_carries_the_number_of_the_message(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_URL = f"{far.url}/send"
    message = make_message()
    sms.Sms().deliver(message, PHONE)
    assert json.loads(far.asked[0].body)["id"] == str(message.pk)
