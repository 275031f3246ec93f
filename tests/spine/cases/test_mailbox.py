"""Mails are conversations."""

from typing import Any

import pytest

from bihuan.kernel.private import unseal
from bihuan.spine.cases import actions, mailbox
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_world

MAIL = "From: ana@x.example\r\nMessage-ID: <{n}>\r\nSubject: {subject}\r\n\r\n{text}\r\n"


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.BIHUAN_MESSAGE_CHANNELS = ["smtp", "screen"]
    return make_world()


def write(n: int, text: str, subject: str = "Building 3") -> None:
    mailbox.take(MAIL.format(n=n, subject=subject, text=text).encode())


def test_a_mail_is_an_ask_and_answers_go_back_by_mail(world: World) -> None:
    write(1, "no power")
    triage_all()
    case = actions.reclassify(case=Case.objects.get(), service=world.service, by=world.olga)
    actions.assign(case=case, agency=world.grid, by=world.olga)
    sent = Message.objects.filter(channel="smtp")
    assert {unseal(one.address_sealed) for one in sent} == {"ana@x.example"}
    assert {"conversed", "assign"} <= set(sent.values_list("template", flat=True))


def test_an_answer_goes_to_the_open_case(world: World) -> None:
    write(1, "no power")
    triage_all()
    write(2, "third floor", "Re: Your ask")
    write(2, "third floor", "Re: Your ask")
    assert Case.objects.get().notes.get().text == "third floor"


def test_a_machine_is_not_answered(world: World) -> None:
    mailbox.take(b"From: a@x.example\r\nMessage-ID: <1>\r\nAuto-Submitted: auto-replied\r\n\r\nI am away")
    assert not Message.objects.exists() and not Case.objects.exists()


def test_without_a_mailbox_there_is_nothing_to_look_at(world: World) -> None:
    assert mailbox.look() == 0
