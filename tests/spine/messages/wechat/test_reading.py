"""Messages of WeChat as words."""

import pytest

from bihuan.kernel import xml
from bihuan.kernel.geo import distance_m
from bihuan.spine.messages.wechat.reading import read, reply


def letter(kind: str, **said: str) -> xml.Element:
    fields = {"FromUserName": "ana", "ToUserName": "city", "CreateTime": "7", "MsgType": kind, **said}
    return xml.read(xml.write("xml", fields))


@pytest.mark.parametrize(("kind", "field"), [("text", "Content"), ("voice", "Recognition")])
def test_words_are_found_in_each_kind(kind: str, field: str) -> None:
    found = read(letter(kind, MsgId="11", **{field: "停电了"}))
    assert (found.sender, found.account, found.number, found.text) == ("ana", "city", "11", "停电了")


def test_of_a_picture_its_number_is_kept() -> None:
    found = read(letter("image", MsgId="11", PicUrl="http://x.example/1", MediaId="m1"))
    assert (found.text, found.picture) == ("", "m1")


def test_a_position_is_turned_into_wgs_84() -> None:
    found = read(letter("location", Location_X="31.17530398", Location_Y="121.53154186", Label="浦东"))
    assert found.lon and found.lat and distance_m((found.lon, found.lat), (121.5272106, 31.1774276)) < 0.2
    assert found.text.startswith("浦东 (31.177")


def test_an_arrival_is_a_greeting_numbered_by_who_and_when() -> None:
    found = read(letter("event", Event="subscribe"))
    assert (found.is_greeting, found.number) == (True, "ana-7")


@pytest.mark.parametrize(
    ("event", "greets"), [("CLICK", True), ("SCAN", True), ("LOCATION", False), ("enter_agent", False)]
)
def test_a_press_on_the_menu_is_greeted_and_what_happens_by_itself_is_not(event: str, greets: bool) -> None:
    found = read(letter("event", Event=event))
    assert (found.is_greeting, found.is_silent) == (greets, not greets)


def test_what_says_nothing_has_no_words() -> None:
    assert read(letter("shortvideo")).text == ""


def test_the_answer_goes_back_to_the_sender() -> None:
    root = xml.read(reply(read(letter("text", Content="x")), "收到 <1>", 9))
    assert [xml.text_of(root, name) for name in ("ToUserName", "FromUserName", "Content")] == [
        "ana",
        "city",
        "收到 <1>",
    ]
