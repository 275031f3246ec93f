"""E-mail, handed to a real server."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest

from bihuan.spine.messages.channels.smtp import Smtp
from tests.spine.messages.made import make_message
from tests.spine.messages.mailserver import Mailbox, serving

pytestmark = pytest.mark.django_db
MAIL = "ana@example.org"


@pytest.fixture
def mailbox(settings: Any) -> Iterator[Mailbox]:
    with serving() as mailbox:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        settings.DEFAULT_FROM_EMAIL = "desk@bihuan.example"
        yield mailbox


def test_a_mail_arrives_with_subject_words_and_both_addresses(mailbox: Mailbox) -> None:
    Smtp().deliver(make_message(subject="您的诉求", body="已接手办理。"), MAIL)
    mail = message_from_bytes(mailbox.mails[0], policy=policy.default)
    assert (mail["Subject"], mail["To"], mail["From"]) == ("您的诉求", MAIL, "desk@bihuan.example")
    assert mail.get_content().strip() == "已接手办理。"


def test_a_mail_sent_twice_after_a_crash_carries_the_same_number(mailbox: Mailbox) -> None:
    message = make_message()
    for _ in range(2):
        Smtp().deliver(message, MAIL)
    Smtp().deliver(make_message(), MAIL)
    first, again, other = (message_from_bytes(mail)["Message-ID"] for mail in mailbox.mails)
    assert first == again != other


def test_a_refused_recipient_is_an_error(mailbox: Mailbox) -> None:
    mailbox.refusing = "550 no such person"
    with pytest.raises(SMTPRecipientsRefused):
        Smtp().deliver(make_message(), MAIL)
    assert mailbox.mails == []


def test_a_server_that_is_away_is_an_error(settings: Any) -> None:
    with serving() as gone:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", gone.port
    with pytest.raises(ConnectionRefusedError):
        Smtp().deliver(make_message(), MAIL)
