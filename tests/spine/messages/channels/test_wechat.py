"""Answers by the WeChat official account, to a local server in WeChat's place."""

import json
from typing import Any

import pytest

from bihuan.spine.messages.channels import wechat
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import make_message
from tests.spine.messages.webserver import Asked, Far

pytestmark = pytest.mark.django_db


@pytest.fixture
def weixin(far: Far, settings: Any) -> Far:
    settings.BIHUAN_WECHAT_URL = far.url
    wechat.CALLER.forget()
    tokens = iter("abc")
    far.answer = lambda asked: (
        (200, json.dumps({"access_token": next(tokens), "expires_in": 7200}).encode())
        if "/token?" in asked.path
        else (200, far.body or b'{"errcode": 0}')
    )
    return far


def sends(far: Far) -> list[Asked]:
    return [one for one in far.asked if "/custom/send" in one.path]


def test_words_reach_whoever_wrote_and_the_pass_is_asked_for_once(weixin: Far) -> None:
    for _ in range(2):
        wechat.WeChat().deliver(make_message(), "wechat:ana")
    assert len(weixin.asked) == 3
    said = json.loads(sends(weixin)[0].body)
    assert said == {"touser": "ana", "msgtype": "text", "text": {"content": "Taken in hand."}}


def test_a_pass_that_ran_out_is_asked_for_anew_and_a_no_is_heard(weixin: Far) -> None:
    weixin.body = b'{"errcode": 40001}'
    with pytest.raises(NotTaken, match="40001"):
        wechat.WeChat().deliver(make_message(), "wechat:ana")
    assert [one.path[-1] for one in sends(weixin)] == ["a", "b"]


def test_without_a_pass_nothing_is_sent(weixin: Far) -> None:
    weixin.answer = lambda _: (200, b'{"errcode": 40013}')
    with pytest.raises(NotTaken, match="40013"):
        wechat.WeChat().deliver(make_message(), "wechat:ana")


def test_only_its_own_addresses_are_reached() -> None:
    assert wechat.WeChat().reaches("wechat:ana") and not wechat.WeChat().reaches("+8619900005526")
