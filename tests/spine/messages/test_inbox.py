"""What a member of staff is told at their desk, and by mail."""

import pytest
from django.test import override_settings

from bihuan.kernel.private import unseal
from bihuan.spine.accounts.models import User
from bihuan.spine.messages import actions, inbox
from bihuan.spine.messages.models import Message, MessageStatus
from tests.spine.cases.known import World, make_world

CONTEXT = {"number": "7", "service": "water", "agency": "Works", "words": "take it", "url": "https://x/7"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def tell(person: User, language: str = "en") -> None:
    drafts = inbox.draft_to(person, "decided", language=language, context=CONTEXT, case_id=7)
    actions.send_many(drafts)


def test_a_notice_lies_at_the_desk_of_its_person_only(world: World) -> None:
    tell(world.ben)
    assert [row.subject for row in inbox.list_notices(world.ben)] == ["No. 7"]
    assert inbox.list_notices(world.eve) == []


def test_new_ones_are_counted_until_they_are_seen(world: World) -> None:
    tell(world.ben)
    tell(world.ben)
    assert inbox.count_new(world.ben) == 2
    newest = inbox.list_notices(world.ben)[0].pk
    inbox.mark_read(world.ben, newest)
    inbox.mark_read(world.ben, newest - 1)
    assert inbox.count_new(world.ben) == 0
    tell(world.ben)
    assert inbox.count_new(world.ben) == 1


def test_no_more_than_the_bell_shows_is_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox, "MOST_COUNTED", 2)
    for _ in range(3):
        tell(world.ben)
    assert inbox.count_new(world.ben) == 2


def test_it_is_written_in_the_language_given(world: World) -> None:
    tell(world.ben, "zh-hans")
    assert "裁定" in inbox.list_notices(world.ben)[0].body


@override_settings(BIHUAN_MESSAGE_CHANNELS=["screen", "smtp"])
def test_whoever_has_an_address_gets_a_mail_with_the_link_as_well(world: World) -> None:
    world.ben.email = "ben@example.org"
    tell(world.ben)
    mail = Message.objects.get(channel="smtp")
    assert unseal(mail.address_sealed) == "ben@example.org"
    assert (mail.status, "https://x/7" in mail.body) == (MessageStatus.WAITING, True)
    assert len(inbox.list_notices(world.ben)) == 1


@pytest.mark.parametrize(
    ("address", "channels"), [("", ["screen", "smtp"]), ("ben@example.org", ["screen", "file"])]
)
def test_without_an_address_or_a_mail_server_there_is_only_the_notice(
    world: World, address: str, channels: list[str]
) -> None:
    world.ben.email = address
    with override_settings(BIHUAN_MESSAGE_CHANNELS=channels):
        tell(world.ben)
    assert list(Message.objects.values_list("channel", "status")) == [("screen", MessageStatus.SENT)]
