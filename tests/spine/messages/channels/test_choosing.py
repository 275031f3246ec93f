"""Which channel reaches whom."""

from typing import Any

import pytest

from bihuan.spine.messages.channels.choosing import ALL, channel_for, switched_on

pytestmark = pytest.mark.once

PHONE, MAIL = "+8619900005526", "ana@example.org"
REACHES = {
    "sms": {PHONE},
    "wecom": set(),
    "apprise": set(),
    "wechat": set(),
    "screen": {PHONE, MAIL, ""},
    "file": {PHONE, MAIL},
    "smtp": {MAIL},
}


@pytest.mark.parametrize("name", ALL)
def test_a_channel_is_listed_under_its_own_name_and_reaches_its_kind_of_address(name: str) -> None:
    channel = ALL[name]
    assert channel.name == name
    assert {address for address in (PHONE, MAIL, "") if channel.reaches(address)} == REACHES[name]


def test_only_channels_that_are_switched_on_are_chosen_in_their_order(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["file", "screen"]
    assert [channel.name for channel in switched_on()] == ["file", "screen"]
    assert channel_for("web", MAIL) is ALL["file"]
    settings.BIHUAN_MESSAGE_CHANNELS = []
    assert channel_for("web", MAIL) is None


def test_an_answer_goes_back_where_the_words_came_from_whatever_stands_first(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "smtp", "wechat", "wecom", "sms"]
    came = [("wechat", "wechat:ana"), ("wecom", "wecom:ana@city"), ("sms", PHONE), ("web", PHONE)]
    ways = [channel_for(*one) for one in came]
    assert [way and way.name for way in ways] == ["wechat", "wecom", "sms", "screen"]
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp"]
    assert channel_for("wecom", "wecom:ana@city") is None
