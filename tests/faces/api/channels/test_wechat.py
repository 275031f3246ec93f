"""WeChat's exchange: proof of the address, messages plain and encrypted, the answer in the same breath."""

from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import xml
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.wechat import sealing
from tests.spine.cases.known import World, make_world

ADDRESS, TOKEN = "/api/v1/channels/wechat", "123456"
KEY, ACCOUNT = "kWxPEV2UEDyxWpmPdKC3F4dgPDmOvfKX1HGnEUDS1aR", "wx49f0ab532d5d035a"


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.BIHUAN_WECHAT_TOKEN, settings.BIHUAN_WECHAT_APP = TOKEN, ACCOUNT
    return make_world()


def signed(**said: str) -> str:
    proof = sealing.signature(TOKEN, "1", "2")
    return "?" + "&".join(
        f"{name}={value}"
        for name, value in {"signature": proof, "timestamp": "1", "nonce": "2", **said}.items()
    )


def letter(text: str, kind: str = "text") -> bytes:
    said = {
        "FromUserName": "ana",
        "ToUserName": ACCOUNT,
        "CreateTime": "7",
        "MsgType": kind,
        "MsgId": text,
        "Content": text,
    }
    return xml.write("xml", said)


def post(query: str, body: bytes) -> Any:
    return Client().post(ADDRESS + query, body, content_type="text/xml")


def test_the_address_is_proved(world: World) -> None:
    assert Client().get(ADDRESS + signed(echostr="hello")).content == b"hello"
    assert Client().get(f"{ADDRESS}?signature=x&timestamp=1&nonce=2&echostr=hello").status_code == 403


def test_a_message_is_an_ask_and_the_answer_its_receipt(world: World) -> None:
    answer = post(signed(), letter("停电了"))
    root = xml.read(answer.content)
    assert xml.text_of(root, "ToUserName") == "ana" and "受理号" in xml.text_of(root, "Content")
    assert Submission.objects.get().channel == "wechat"


def test_a_follower_is_greeted(world: World) -> None:
    assert "几句话" in xml.text_of(xml.read(post(signed(), letter("", "event")).content), "Content")


def test_encrypted_is_answered_encrypted_and_the_clear_refused(world: World, settings: Any) -> None:
    settings.BIHUAN_WECHAT_AES = KEY
    sealed = sealing.seal(KEY, ACCOUNT, letter("停水了"))
    proof = sealing.signature(TOKEN, "1", "2", sealed)
    root = xml.read(post(signed(msg_signature=proof), xml.write("xml", {"Encrypt": sealed})).content)
    inner = xml.read(sealing.unseal(KEY, ACCOUNT, xml.text_of(root, "Encrypt")))
    parts = [xml.text_of(root, name) for name in ("TimeStamp", "Nonce", "Encrypt")]
    assert "受理号" in xml.text_of(inner, "Content")
    assert xml.text_of(root, "MsgSignature") == sealing.signature(TOKEN, *parts)
    assert post(signed(), letter("x")).status_code == 403


@pytest.mark.parametrize("body", [b"", b"<xml>", b"not xml", b'<!DOCTYPE a [<!ENTITY b "c">]><xml/>'])
def test_what_is_no_message_is_refused(world: World, body: bytes) -> None:
    assert post(signed(), body).status_code == 403


def test_without_an_account_nothing_is_taken(world: World, settings: Any) -> None:
    settings.BIHUAN_WECHAT_TOKEN = ""
    assert post(signed(), letter("x")).status_code == 403
