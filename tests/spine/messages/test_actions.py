"""Putting words into the outbox."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from bihuan.kernel.private import keyed_hash, unseal
from bihuan.spine.messages.actions import draft, send_many
from bihuan.spine.messages.models import Message, MessageStatus

pytestmark = pytest.mark.django_db

PHONE = "+8619900005526"
SAID: dict[str, Any] = {
    "template": "accept",
    "language": "en",
    "to_channel": "web",
    "address": PHONE,
    "about": "482109375526",
    "case_id": 7,
    "context": {"agency": "Power grid", "url": "https://x/r/1/"},
}


def sent(**changes: Any) -> Message | None:
    message = draft(**SAID | changes)
    send_many([message])
    return message


def test_a_message_for_the_screen_is_there_at_once_and_keeps_no_address() -> None:
    message = sent()
    assert message
    assert (message.channel, message.status, message.address_sealed) == ("screen", MessageStatus.SENT, None)
    assert message.body == "Power grid has taken your ask in hand. https://x/r/1/"


def test_a_message_for_a_gateway_waits_with_its_address_sealed(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["file"]
    message = Message.objects.get(pk=getattr(sent(), "pk", None))
    assert message.status == MessageStatus.WAITING
    assert unseal(message.address_sealed) == PHONE
    assert bytes(message.address_hash or b"") == keyed_hash(PHONE)
    assert PHONE[-8:].encode() not in bytes(message.address_sealed or b"")


def test_the_first_channel_that_reaches_the_address_is_taken(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp", "file", "screen"]
    found = [getattr(sent(address=address), "channel", None) for address in ("ana@example.org", PHONE, "")]
    assert found == ["smtp", "file", "screen"]


def test_whoever_gave_no_address_gets_no_message_where_there_is_no_screen(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp"]
    assert sent(address="") is None
    assert not Message.objects.exists()


def test_an_address_that_no_channel_reaches_is_put_before_a_person(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp"]
    message = sent()
    assert message
    assert (message.status, bool(message.error)) == (MessageStatus.FAILED, True)


def test_the_desk_reads_on_its_screen_whatever_is_switched_on(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp"]
    message = sent(to_channel="desk", address="", about="power", template="agency_new")
    assert message
    assert (message.channel, message.status) == ("screen", MessageStatus.SENT)


def test_a_channel_that_there_is_not_is_an_error_in_the_settings(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["pigeon"]
    with pytest.raises(ImproperlyConfigured, match="pigeon"):
        sent()


def test_a_message_goes_with_the_step_that_it_tells_of() -> None:
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        sent()
        raise Undone
    assert not Message.objects.exists()


def test_many_are_written_at_once_and_nobody_is_passed_over() -> None:
    send_many([draft(**SAID), None, draft(**SAID | {"about": "2"})])
    assert set(Message.objects.values_list("about", flat=True)) == {"482109375526", "2"}
