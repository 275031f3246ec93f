"""WeCom's exchange, against the vectors of its published example (WXBizMsgCrypt)."""

from typing import Any

import pytest
from django.test import Client

from bihuan.kernel import xml
from bihuan.kernel.geo import distance_m
from bihuan.kernel.private import unseal
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Correspondent, Picture
from bihuan.spine.messages.wechat import sealing
from tests.spine.cases.known import World, make_world

ADDRESS, TOKEN = "/api/v1/channels/wecom", "QDG6eK"
KEY, CORP = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "wx5823bf96d3bd56c7"
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
PROVING = {
    "msg_signature": "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3", "timestamp": "1409659589", "nonce": "263014780",
}  # fmt: skip
WRITING = {
    "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6", "timestamp": "1409659813", "nonce": "1372623149",
}  # fmt: skip
SEALED = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJT"
    "s3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hg"
    "f5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4Ehz"
    "JWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2Yoy"
    "yH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
)


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.BIHUAN_WECOM_TOKEN, settings.BIHUAN_WECOM_AES, settings.BIHUAN_WECOM_CORP = TOKEN, KEY, CORP
    return make_world()


def post(body: bytes, said: dict[str, str]) -> Any:
    return Client().post(ADDRESS, body, content_type="text/xml", query_params=said)


def write(**said: str) -> Any:
    """Send a message of one's own making, as WeCom would."""
    told = {"ToUserName": CORP, "FromUserName": "ana", "CreateTime": "7", "AgentID": "218", **said}
    sealed = sealing.seal(KEY, CORP, xml.write("xml", told))
    proof = sealing.signature(TOKEN, "1", "2", sealed)
    return post(
        xml.write("xml", {"Encrypt": sealed}), {"msg_signature": proof, "timestamp": "1", "nonce": "2"}
    )


def words_of(answer: Any) -> str:
    root = xml.read(answer.content)
    parts = [xml.text_of(root, name) for name in ("TimeStamp", "Nonce", "Encrypt")]
    assert xml.text_of(root, "MsgSignature") == sealing.signature(TOKEN, *parts)
    return xml.text_of(xml.read(sealing.unseal(KEY, CORP, parts[-1])), "Content")


def test_the_published_proof_of_the_address_is_answered(world: World) -> None:
    answer = Client().get(ADDRESS, {**PROVING, "echostr": ECHO})
    assert answer.content == sealing.unseal(KEY, CORP, ECHO) == b"1616140317555161061"
    assert Client().get(ADDRESS, {**PROVING, "echostr": ECHO, "nonce": "1"}).status_code == 403


def test_the_published_message_is_an_ask_and_the_answer_its_receipt(world: World) -> None:
    answer = post(xml.write("xml", {"ToUserName": CORP, "Encrypt": SEALED}), WRITING)
    one = Submission.objects.get()
    assert (one.channel, one.text) == ("wecom", "hello")
    assert "receipt" in words_of(answer)
    assert unseal(Correspondent.objects.get().address_sealed) == "wecom:mycreate"


def test_a_message_that_comes_again_is_one_ask(world: World) -> None:
    first, again = (write(MsgType="text", MsgId="7", Content="停电了") for _ in range(2))
    assert words_of(first) == words_of(again) and Submission.objects.count() == 1


def test_positions_are_turned_into_wgs_84(world: World) -> None:
    write(MsgType="location", MsgId="8", Location_X="31.17530398", Location_Y="121.53154186", Label="浦东")
    one = Submission.objects.get()
    assert one.lon and one.lat and distance_m((one.lon, one.lat), (121.5272106, 31.1774276)) < 0.2


def test_a_picture_is_noted_to_be_fetched_by_its_number(world: World) -> None:
    write(MsgType="image", MsgId="9", MediaId="m9", PicUrl="http://x.example/9")
    assert unseal(Picture.objects.get().source_sealed) == "wecom:m9"


def test_an_arrival_is_greeted_and_what_happens_by_itself_is_not(world: World) -> None:
    assert "几句话" in words_of(write(MsgType="event", Event="subscribe"))
    assert write(MsgType="event", Event="enter_agent").content == b"success"


def test_what_is_unsigned_or_for_another_corporation_is_refused(world: World, settings: Any) -> None:
    assert post(xml.write("xml", {"Encrypt": SEALED}), {**WRITING, "timestamp": "1"}).status_code == 403
    assert post(b"not xml", WRITING).status_code == 403
    settings.BIHUAN_WECOM_CORP = "ww0000000000000000"
    assert post(xml.write("xml", {"Encrypt": SEALED}), WRITING).status_code == 403
    assert not Submission.objects.exists()


def test_where_nothing_is_set_up_nothing_is_taken(world: World, settings: Any) -> None:
    settings.BIHUAN_WECOM_AES = ""
    assert post(xml.write("xml", {"Encrypt": SEALED}), WRITING).status_code == 403
