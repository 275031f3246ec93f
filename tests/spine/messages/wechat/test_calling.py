"""Asking WeChat's servers."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages.channels.refusing import NotTaken
from bihuan.spine.messages.wechat.calling import Caller
from tests.spine.messages.webserver import Far


def caller(far: Far) -> Caller:
    return Caller(lambda: far.url, lambda: "token?app=1")


def test_a_token_is_asked_for_again_before_it_runs_out(far: Far) -> None:
    far.body, ours, now = b'{"access_token": "a", "expires_in": 7200}', caller(far), clock.now()
    for minutes in (0, 114, 116):
        with clock.running(lambda at=now + timedelta(minutes=minutes): at):
            ours.post("x", {})
    assert [one.path for one in far.asked].count("/cgi-bin/token?app=1") == 2


def test_a_no_in_place_of_a_picture_is_heard(far: Far) -> None:
    far.answer = lambda asked: (
        200,
        b'{"access_token": "a", "expires_in": 7200}' if "token?" in asked.path else b'{"errcode": 40007}',
    )
    with pytest.raises(NotTaken, match="40007"):
        caller(far).media("m")
