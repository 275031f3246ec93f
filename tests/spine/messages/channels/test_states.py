"""What is known of the channels."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages import sending
from bihuan.spine.messages.channels import states
from bihuan.spine.messages.models import ChannelMark
from tests.spine.messages.made import make_message

pytestmark = pytest.mark.django_db


def state(name: str, direction: str) -> ChannelMark:
    return states.marks(direction)[name]


def is_failing(mark: ChannelMark) -> bool:
    return mark.failed_at is not None and (mark.worked_at is None or mark.worked_at < mark.failed_at)


def test_what_was_sent_and_what_could_not_be_is_seen_at_its_channel() -> None:
    make_message()
    sending.send_due()
    assert state("file", "out").worked_at and not is_failing(state("file", "out"))
    make_message(channel="smtp")
    sending.send_due()
    assert is_failing(state("smtp", "out")) and "address" in state("smtp", "out").error


def test_a_success_after_a_failure_is_seen_at_once() -> None:
    now = clock.now()
    for seconds, mark in enumerate([states.mark_worked, states.mark_failed, states.mark_worked]):
        said = ("sms", "in", "HTTP 500") if mark is states.mark_failed else ("sms", "in")
        with clock.running(lambda at=now + timedelta(seconds=seconds): at):
            mark(*said)  # type: ignore[operator]
    assert not is_failing(state("sms", "in"))


def test_a_busy_channel_writes_once_in_a_while() -> None:
    states.mark_worked("sms", "in")
    before = state("sms", "in").worked_at
    states.mark_worked("sms", "in")
    assert state("sms", "in").worked_at == before
