"""Answers by WeCom's application, to a local server in WeCom's place."""

import json
from typing import Any

import pytest

from bihuan.spine.messages.channels import wecom
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import make_message
from tests.spine.messages.webserver import Asked, Far

pytestmark = pytest.mark.django_db


@pytest.fixture
def weixin(far: Far, settings: Any) -> Far:
    settings.BIHUAN_WECOM_URL, settings.BIHUAN_WECOM_AGENT = far.url, 218
    settings.BIHUAN_WECOM_CORP, settings.BIHUAN_WECOM_SECRET = "ww1", "s&cret"
    wecom.CALLER.forget()
    tokens = iter("abc")
    far.answer = lambda asked: (
        (200, json.dumps({"errcode": 0, "access_token": next(tokens), "expires_in": 7200}).encode())
        if "/gettoken?" in asked.path
        else (200, far.body or b'{"errcode": 0, "errmsg": "ok"}')
    )
    return far


def sends(far: Far) -> list[Asked]:
    return [one for one in far.asked if "/message/send" in one.path]


def test_words_reach_whoever_wrote_and_a_second_copy_is_dropped_by_wecom(weixin: Far) -> None:
    for _ in range(2):
        wecom.WeCom().deliver(make_message(), "wecom:ana")
    assert (
        weixin.asked[0].path == "/cgi-bin/gettoken?corpid=ww1&corpsecret=s%26cret" and len(weixin.asked) == 3
    )
    said = json.loads(sends(weixin)[0].body)
    assert (said["touser"], said["agentid"], said["text"]) == ("ana", 218, {"content": "Taken in hand."})
    assert said["enable_duplicate_check"] == 1


def test_a_token_that_ran_out_is_asked_for_anew(weixin: Far) -> None:
    weixin.body = b'{"errcode": 42001}'
    with pytest.raises(NotTaken, match="42001"):
        wecom.WeCom().deliver(make_message(), "wecom:ana")
    assert [one.path[-1] for one in sends(weixin)] == ["a", "b"]


def test_somebody_who_may_not_be_written_to_is_a_failure(weixin: Far) -> None:
    weixin.body = b'{"errcode": 0, "invaliduser": "ana"}'
    with pytest.raises(NotTaken):
        wecom.WeCom().deliver(make_message(), "wecom:ana")


def test_long_words_are_cut_between_letters(weixin: Far) -> None:
    wecom.WeCom().deliver(make_message(body="停" * 1000), "wecom:ana")
    assert json.loads(sends(weixin)[0].body)["text"]["content"] == "停" * 682
