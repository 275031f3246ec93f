"""What the audit is told of messages."""

from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.messages import sending
from bihuan.spine.messages.actions import draft, send_many
from bihuan.spine.messages.channels.choosing import ALL
from bihuan.spine.messages.models import Message, MessageStatus
from tests.spine.messages.made import PHONE, make_message
from tests.spine.messages.test_actions import SAID

pytestmark = pytest.mark.django_db


class Down:
    """A channel that never gets through."""

    name = "file"
    is_immediate = False

    def reaches(self, address: str) -> bool:
        return True

    def deliver(self, message: Message, address: str) -> None:
        raise OSError("no line")


def told() -> list[list[Any]]:
    return [row for event in Event.objects.filter(verb="messages") for row in event.detail["messages"]]


def rows_of_the_outbox() -> list[list[Any]]:
    ended = Message.objects.exclude(status=MessageStatus.WAITING).order_by("id")
    return [list(row) for row in ended.values_list("id", "case_id", "channel", "template", "status")]


def test_many_messages_for_the_screen_leave_one_event_that_lists_them() -> None:
    send_many([draft(**SAID), draft(**SAID | {"case_id": 8})])
    assert Event.objects.filter(verb="messages").count() == 1
    assert told() == rows_of_the_outbox() != []


def test_a_message_that_waits_for_a_gateway_is_told_when_it_has_gone_out(
    settings: Any, tmp_path: Any
) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["file"]
    settings.BIHUAN_VAR = tmp_path
    send_many([draft(**SAID)])
    assert told() == []
    sending.send_due()
    assert told() == rows_of_the_outbox() != []


def test_a_message_that_can_not_be_sent_is_told_once_after_its_last_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(ALL, "file", Down())  # type: ignore[arg-type]  # as much of a channel as is needed
    make_message(attempts=sending.TRIES - 1)
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert [row[4] for row in told()] == ["failed"]


def test_what_is_told_holds_no_address_and_no_words() -> None:
    send_many([draft(**SAID)])
    event = Event.objects.get(verb="messages")
    assert PHONE not in str(event.detail)
    assert "Power grid" not in str(event.detail)
    assert (event.at <= clock.now(), event.case_id) == (True, None)
