"""A drill writes to everybody on every channel, or to nobody."""

import re
from dataclasses import replace
from typing import Any

import pytest

from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import unseal
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.models import Called, Drill, DrillMessage, Message, MessageStatus
from bihuan.spine.messages.sending import _deliver
from tests.spine.messages.drills.made import PHONES, make_people, start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _channels(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "sms", "smtp", "file"]


def test_each_person_gets_one_message_on_each_channel_marked_as_a_drill() -> None:
    start(make_people("ana", "ben"), ["screen", "sms", "smtp"])
    found = sorted(Message.objects.values_list("channel", flat=True))
    assert found == ["screen", "screen", "sms", "sms", "smtp", "smtp"]
    for message in Message.objects.all():
        assert "DRILL" in message.body and "DRILL" in message.subject
        assert message.case_id is None
    to = {unseal(one.address_sealed) for one in Message.objects.filter(channel="sms")}
    assert to == {PHONES["ana"], PHONES["ben"]}


def test_in_chinese_it_is_marked_in_both_languages() -> None:
    people = make_people("ana")
    start([replace(people[0], language="zh-hans")])
    assert "演练 DRILL" in Message.objects.get().body


def test_the_link_is_its_readers_alone_until_it_goes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    start(make_people("ana"))
    message = Message.objects.get()
    assert "/d/" not in message.body
    sent: list[str] = []
    from bihuan.spine.messages.channels.choosing import ALL

    monkeypatch.setattr(ALL["sms"], "deliver", lambda message, address: sent.append(message.body))
    _deliver(message, unseal(message.address_sealed))
    token = re.search(r"/d/([\w-]+)/", sent[0])
    code = Called.objects.get().code
    assert token and code in sent[0]
    assert token[1] not in str(list(DrillMessage.objects.values())), "only the digest of a token is kept"


def test_who_has_no_address_on_a_channel_is_called_on_the_others() -> None:
    people = make_people("ana", "ben")
    people[0].person.contacts.all().delete()
    start(people, ["sms", "smtp"])
    assert sorted(DrillMessage.objects.values_list("channel", flat=True)) == ["sms", "smtp", "smtp"]
    assert Called.objects.count() == 2


def test_what_is_read_at_the_desk_has_gone_out_at_once() -> None:
    people = make_people("ana")
    start(people, ["screen"])
    message = Message.objects.get()
    assert (message.status, message.about) == (MessageStatus.SENT, f"staff:{people[0].person.pk}")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"channels": []}, "channels"),
        ({"channels": ["wechat"]}, "channels"),
        ({"channels": ["pigeon"]}, "channels"),
        ({"window_min": 0}, "window_min"),
        ({"window_min": 241}, "window_min"),
        ({"people": []}, "agency"),
    ],
)
def test_a_drill_that_can_not_be_is_refused_and_leaves_nothing(said: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        start(**{"people": make_people("ana")} | said)
    assert refused.value.field == field
    assert not Drill.objects.exists() and not Message.objects.exists()


def test_a_second_drill_at_once_is_told_who_runs_the_first() -> None:
    start(make_people("ana"))
    with pytest.raises(Conflict, match="sam"):
        start(make_people("ben"))
    start(make_people("ben"), scope="/water/")
    assert Drill.objects.count() == 2


def test_codes_are_apart_and_the_audit_holds_none() -> None:
    start(make_people("ana", "ben", "eve"))
    codes = set(Called.objects.values_list("code", flat=True))
    assert len(codes) == 3 and all(re.fullmatch(r"\d{6}", code) for code in codes)
    event = Event.objects.get(verb="drill_started")
    assert event.detail == {"channels": ["sms"], "window_min": 10, "called": 3, "messages": 3}
