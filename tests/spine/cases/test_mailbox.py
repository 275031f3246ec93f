"""Mails are conversations."""

from email.message import EmailMessage
from typing import Any

import pytest

from bihuan.kernel.private import unseal
from bihuan.spine.cases import actions, mailbox
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_all
from bihuan.spine.door.models import Photo, Submission
from bihuan.spine.door.photos import file_of
from bihuan.spine.messages import standing
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_world
from tests.spine.messages.pictures.drawn import picture

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


def test_a_mail_that_comes_twice_is_answered_once_and_by_whom_it_was_written(world: World) -> None:
    write(1, "no power")
    write(1, "no power")
    mailbox.take(MAIL.format(n=1, subject="x", text="whose?").replace("ana@", "dan@").encode())
    assert Submission.objects.count() == 2
    assert Message.objects.filter(template="conversed").count() == 2


def test_killed_before_the_answer_was_written_the_mail_is_answered_when_it_is_read_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(mailbox.actions, "send_many", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        write(1, "no power")
    write(1, "no power")
    assert Submission.objects.count() == 1 == Message.objects.filter(template="conversed").count()


def test_pictures_beside_the_words_come_in_as_photos_without_their_notes(world: World) -> None:
    mail = EmailMessage()
    mail["From"], mail["Message-ID"], mail["Subject"] = "ana@x.example", "<9>", "Lamp"
    mail.set_content("no light")
    mail.add_attachment(picture(), maintype="image", subtype="jpeg", filename="a.jpg")
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    mailbox.take(mail.as_bytes())
    photo = Photo.objects.get()
    assert photo.submission == Submission.objects.get()
    assert b"Maker" not in file_of(photo).read_bytes()


def test_a_machine_is_not_answered(world: World) -> None:
    mailbox.take(b"From: a@x.example\r\nMessage-ID: <1>\r\nAuto-Submitted: auto-replied\r\n\r\nI am away")
    assert not Message.objects.exists() and not Case.objects.exists()


def test_without_a_mailbox_there_is_nothing_to_look_at(world: World) -> None:
    assert mailbox.look() == 0


def test_a_mailbox_that_is_away_is_seen_at_its_channel_until_it_can_be_read_again(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def mail() -> standing.In:
        return next(one for one in standing.list_in() if one.name == "mail")

    settings.BIHUAN_IMAP_HOST = "mail.example"
    monkeypatch.setattr(mailbox.fetching, "fetch", lambda _: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        mailbox.look()
    assert mail().error == "ZeroDivisionError" and mail().failed_at
    monkeypatch.setattr(mailbox.fetching, "fetch", lambda _: 0)
    mailbox.look()
    assert mail().error == "" and mail().failed_at is None
