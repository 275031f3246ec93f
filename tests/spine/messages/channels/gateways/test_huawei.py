"""Huawei Cloud's text messages."""

import base64
import hashlib
import json
import re
from typing import Any
from urllib.parse import parse_qs

import pytest

from bihuan.spine.messages.channels.gateways import huawei
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import PHONE
from tests.spine.messages.webserver import Far


def test_huawei_gets_the_words_with_a_token_it_can_work_out(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_USER, settings.BIHUAN_SMS_KEY = "app", "secret"
    settings.BIHUAN_SMS_APP, far.body = "csms12345678", b'{"code": "000000"}'
    huawei.send("7", "已受理", PHONE, far.url)
    asked = far.asked[0]
    said = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
    assert (said["to"], json.loads(said["templateParas"]), said["from"]) == (
        PHONE,
        ["已受理"],
        "csms12345678",
    )
    token = dict(re.findall(r'(\w+)="([^"]*)"', asked.headers["x-wsse"]))
    whole = hashlib.sha256((token["Nonce"] + token["Created"] + "secret").encode())
    assert base64.b64decode(token["PasswordDigest"]).decode() == whole.hexdigest()


def test_huaweis_no_is_heard(far: Far) -> None:
    far.body = b'{"code": "E000510"}'
    with pytest.raises(NotTaken, match="E000510"):
        huawei.send("7", "x", PHONE, far.url)
