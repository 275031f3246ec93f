"""Conversations by WeChat, WeCom and SMS, played from the first word to closed, with local servers in their places."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import xml
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.messages.channels import wechat, wecom
from bihuan.spine.messages.sending import send_due
from bihuan.spine.messages.wechat import sealing
from tests.spine.cases.known import World, make_world
from tests.spine.messages import webserver
from tests.spine.messages.webserver import Asked, Far

WECOM_KEY, WECOM_CORP = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    settings.BIHUAN_PRIVATE_TARGETS = True
    with webserver.serving() as far:
        yield far


@pytest.fixture
def world(db: None, settings: Any, far: Far) -> World:
    settings.BIHUAN_WECHAT_TOKEN, settings.BIHUAN_WECHAT_URL = "123456", far.url
    settings.BIHUAN_SMS_IN_KEY, settings.BIHUAN_SMS_URL = "secret", f"{far.url}/sms"
    settings.BIHUAN_MESSAGE_CHANNELS = ["wechat", "wecom", "sms", "screen"]
    settings.BIHUAN_WECOM_TOKEN, settings.BIHUAN_WECOM_AES = "QDG6eK", WECOM_KEY
    settings.BIHUAN_WECOM_CORP, settings.BIHUAN_WECOM_URL = WECOM_CORP, far.url
    wechat.CALLER.forget()
    wecom.CALLER.forget()
    far.answer = _weixin
    return make_world()


def _weixin(asked: Asked) -> tuple[int, bytes]:
    return 200, b'{"access_token": "a", "expires_in": 7200}' if "token?" in asked.path else b'{"errcode": 0}'


def from_wechat(number: int, text: str) -> str:
    said = {
        "FromUserName": "ana",
        "ToUserName": "city",
        "CreateTime": "7",
        "MsgType": "text",
        "MsgId": str(number),
        "Content": text,
    }
    query = f"signature={sealing.signature('123456', '1', '2')}&timestamp=1&nonce=2"
    answer = Client().post(
        f"/api/v1/channels/wechat?{query}", xml.write("xml", said), content_type="text/xml"
    )
    return xml.text_of(xml.read(answer.content), "Content")


def from_wecom(number: int, text: str) -> str:
    said = {
        "FromUserName": "ana",
        "ToUserName": WECOM_CORP,
        "CreateTime": "7",
        "MsgType": "text",
        "MsgId": str(number),
        "Content": text,
    }
    sealed = sealing.seal(WECOM_KEY, WECOM_CORP, xml.write("xml", said))
    query = f"msg_signature={sealing.signature('QDG6eK', '1', '2', sealed)}&timestamp=1&nonce=2"
    body = xml.write("xml", {"ToUserName": WECOM_CORP, "Encrypt": sealed, "AgentID": "218"})
    answer = Client().post(f"/api/v1/channels/wecom?{query}", body, content_type="text/xml")
    inner = sealing.unseal(WECOM_KEY, WECOM_CORP, xml.text_of(xml.read(answer.content), "Encrypt"))
    return xml.text_of(xml.read(inner), "Content")


def from_sms(number: int, text: str) -> str:
    said = {"from": "19900005526", "text": text, "id": str(number), "key": "secret"}
    return str(Client().post("/api/v1/channels/sms", said).json()["reply"])


def heard(far: Far) -> list[str]:
    """What has come back to the person so far."""
    send_due()
    bodies = [json.loads(one.body) for one in far.asked if one.method == "POST"]
    return [body["text"] if isinstance(body["text"], str) else body["text"]["content"] for body in bodies]


@pytest.mark.parametrize("write", [from_wechat, from_wecom, from_sms])
def test_a_thread_from_the_first_word_to_closed(world: World, far: Far, write: Any) -> None:
    assert "受理号" in write(1, "三号楼停电了")
    triage_all()
    case = Case.objects.get()
    case = actions.reclassify(case=case, service=world.service, by=world.olga)
    case = actions.accept(case=actions.assign(case=case, agency=world.grid, by=world.olga), by=world.ben)
    case = actions.hold(case=case, by=world.ben, question="哪个单元？")
    assert "哪个单元？" in heard(far)[-1]
    assert "继续" in write(2, "二单元")
    actions.resolve(case=Case.objects.get(), by=world.ben, reply="已送电")
    assert "已送电" in heard(far)[-1]
    assert write(3, "没有，还是黑的") and Case.objects.get().status == "resolved"
    assert "重新" in write(4, "没好")
    actions.resolve(case=Case.objects.get(), by=world.ben, reply="换了保险")
    assert "闭环" in write(5, "好了")
    assert Case.objects.get().status == "closed" and Case.objects.count() == 1
