"""WeChat's exchange: proof of the address, messages plain and encrypted, the answer in the same breath."""

from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import xml
from bihuan.kernel.errors import Busy
from bihuan.kernel.private import unseal
from bihuan.spine.cases import conversing
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Picture
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


def letter(text: str, kind: str = "text", event: str = "subscribe") -> bytes:
    said = {
        "FromUserName": "ana",
        "ToUserName": ACCOUNT,
        "CreateTime": "7",
        "MsgType": kind,
        "MsgId": text,
        "Content": text,
        "Event": event,
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


def test_what_happens_by_itself_is_taken_and_not_answered(world: World) -> None:
    assert post(signed(), letter("", "event", "LOCATION")).content == b"success"


def test_when_the_door_is_shut_wechat_is_told_to_send_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(*_: object) -> None:
        raise Busy("not now")

    monkeypatch.setattr(conversing, "submit", shut)
    assert post(signed(), letter("停电了")).status_code == 503
    monkeypatch.undo()
    assert "受理号" in post(signed(), letter("停电了")).content.decode()


def test_a_picture_is_noted_to_be_fetched_by_its_number(world: World) -> None:
    said = {"FromUserName": "ana", "ToUserName": ACCOUNT, "CreateTime": "7", "MsgType": "image", "MsgId": "5"}
    post(signed(), xml.write("xml", said | {"MediaId": "m5", "PicUrl": "http://x.example/5"}))
    assert unseal(Picture.objects.get().source_sealed) == "wechat:m5"


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
