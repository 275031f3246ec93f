"""What is done beside the rounds."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.db.models import Q

from bihuan.spine.cases.beside import Beside, lanes
from bihuan.spine.cases.rounds import Rounds, Step
from bihuan.spine.messages.models import Message
from bihuan.spine.messages.sending import send_due
from tests.spine.messages import webserver
from tests.spine.messages.made import PHONE, make_message
from tests.spine.messages.webserver import Asked, Far

PATIENCE_S = 20


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    settings.BIHUAN_PRIVATE_TARGETS = True
    with webserver.serving() as far:
        settings.BIHUAN_SMS_URL = f"{far.url}/send"
        yield far


@pytest.mark.django_db(transaction=True)
def test_a_gateway_that_hangs_stops_no_clock_and_what_it_takes_at_last_is_sent_once(far: Far) -> None:
    came, may_go = threading.Event(), threading.Event()

    def hang(_: Asked) -> tuple[int, bytes]:
        came.set()
        may_go.wait(PATIENCE_S)
        return 200, b"{}"

    far.answer = hang
    message = make_message(channel="sms")
    beside = Beside([Step("send sms", partial(send_due, among=Q(channel="sms")))])
    beside.start()
    assert came.wait(PATIENCE_S)
    ticks: list[int] = []
    turn = Rounds([Step("clocks", lambda: ticks.append(1))])
    for _ in range(5):
        turn.round()
    # Another worker finds it in the first one's hands.
    assert (len(ticks), send_due(among=Q(channel="sms")), Message.objects.get().status) == (5, 0, "waiting")
    may_go.set()
    assert beside.stop(PATIENCE_S) == []
    assert Message.objects.get().status == "sent"
    assert [json.loads(one.body)["id"] for one in far.asked] == [str(message.pk)]


@pytest.mark.django_db(transaction=True)
def test_one_that_hangs_keeps_the_worker_not_from_ending() -> None:
    may_go, began = threading.Event(), threading.Event()

    def hang() -> int:
        began.set()
        return int(may_go.wait(PATIENCE_S))

    beside = Beside([Step("slow", hang), Step("quick", lambda: 0)])
    beside.start()
    assert began.wait(PATIENCE_S)
    assert beside.stop(patience_s=0.3) == ["slow"]
    may_go.set()
    assert beside.stop(PATIENCE_S) == []


@pytest.mark.django_db
def test_each_channel_that_is_switched_on_has_a_lane_and_what_is_left_has_one(
    far: Far, settings: Any
) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS, settings.BIHUAN_IMAP_HOST = (
        ["sms", "file", "smtp", "screen"],
        "x.example",
    )
    todo = lanes()
    assert [one.name for one in todo] == ["send sms", "send smtp", "send the rest", "mailbox", "pictures"]
    for channel in ("sms", "wechat", "file"):
        make_message(PHONE, channel=channel)
    assert [one.run() for one in todo[:3]] == [1, 0, 1]
    assert Message.objects.get(channel="file").attempts == 0
