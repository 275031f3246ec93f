"""What is known of the channels."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages import sending
from bihuan.spine.messages.channels import states
from bihuan.spine.messages.queries import ChannelState, channel_states
from tests.spine.messages.made import make_message

pytestmark = pytest.mark.django_db


def state(name: str, direction: str) -> ChannelState:
    return next(one for one in channel_states() if (one.name, one.direction) == (name, direction))


def test_a_channel_that_is_set_up_says_so_and_has_no_past_yet(settings: Any) -> None:
    settings.BIHUAN_SMS_IN_KEY, settings.BIHUAN_MESSAGE_CHANNELS = "k", ["smtp"]
    assert [state("sms", "in").is_configured, state("sms", "out").is_configured] == [True, False]
    assert state("smtp", "out") == ChannelState("smtp", "out", is_configured=True)


def test_what_was_sent_and_what_could_not_be_is_seen_at_its_channel() -> None:
    make_message()
    sending.send_due()
    assert state("file", "out").worked_at and not state("file", "out").is_failing
    make_message(channel="smtp")
    sending.send_due()
    assert state("smtp", "out").is_failing and "address" in state("smtp", "out").error


def test_a_success_after_a_failure_is_seen_at_once() -> None:
    now = clock.now()
    for seconds, mark in enumerate([states.mark_worked, states.mark_failed, states.mark_worked]):
        said = ("sms", "in", "HTTP 500") if mark is states.mark_failed else ("sms", "in")
        with clock.running(lambda at=now + timedelta(seconds=seconds): at):
            mark(*said)  # type: ignore[operator]
    assert not state("sms", "in").is_failing


def test_a_busy_channel_writes_once_in_a_while() -> None:
    states.mark_worked("sms", "in")
    before = state("sms", "in").worked_at
    states.mark_worked("sms", "in")
    assert state("sms", "in").worked_at == before
