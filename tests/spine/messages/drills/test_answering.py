"""Answers by code, by link, at the desk; in the window, late, twice, from elsewhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.drills.answering import at_desk, by_token, heard
from bihuan.spine.messages.models import Called, Drill, DrillMessage, Message
from tests.spine.messages.drills.made import PHONES, make_people, make_person, start

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _channels(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "sms", "smtp"]


@pytest.fixture
def drill() -> Drill:
    return start(make_people("ana", "ben"), ["sms", "smtp", "screen"])


def _called(name: str) -> Called:
    return Called.objects.get(person__username=name)


def _answered(name: str) -> set[str]:
    rows = DrillMessage.objects.filter(called=_called(name), answered_at__isnull=False)
    return set(rows.values_list("channel", flat=True))


def _later(minutes: float) -> datetime:
    return clock.now() + timedelta(minutes=minutes)


def test_the_code_written_back_counts_on_its_channel(drill: Drill) -> None:
    assert "counts" in str(heard("sms", PHONES["ana"], f" 演练 {_called('ana').code}。"))
    assert (_called("ana").answered_on, _answered("ana"), _answered("ben")) == ("sms", {"sms"}, set())


def test_a_mail_that_quotes_other_numbers_counts_too(drill: Drill) -> None:
    words = f"here: {_called('ben').code}\nregards, 13800000000, room 123456"
    assert heard("mail", "ben@city.example", words)
    assert _answered("ben") == {"smtp"}


@pytest.mark.parametrize("text", ["no power", "12345", "1234567", "{other}", "19900000001"])
def test_other_words_are_left_to_the_conversation(drill: Drill, text: str) -> None:
    said = text.replace("{other}", _called("ben").code)
    assert heard("sms", PHONES["ana"], said) is None
    assert not Called.objects.filter(answered_at__isnull=False).exists()


def test_a_resident_who_writes_somebodys_code_is_no_answer(drill: Drill) -> None:
    assert heard("sms", "+8613800000000", _called("ana").code) is None


def test_the_first_answer_counts_once_whatever_comes_after(drill: Drill) -> None:
    for _ in range(2):
        heard("sms", PHONES["ana"], _called("ana").code)
    at_desk(drill, make_person("ana"))
    assert _called("ana").answered_on == "sms" and _answered("ana") == {"sms", "screen"}
    assert Event.objects.filter(verb="drill_answered").count() == 1


def test_a_late_answer_is_kept_and_told_as_late(drill: Drill) -> None:
    code, late = _called("ana").code, _later(11)
    with clock.running(lambda: late):
        assert "late" in str(heard("sms", PHONES["ana"], code))
    assert _called("ana").answered_at == late
    assert Event.objects.get(verb="drill_answered").detail["is_late"] is True


def test_after_days_a_code_is_words_again(drill: Drill) -> None:
    code, after = _called("ana").code, _later(60 * 49)
    with clock.running(lambda: after):
        assert heard("sms", PHONES["ana"], code) is None


def test_whoever_was_not_called_has_nothing_to_answer(drill: Drill) -> None:
    assert at_desk(drill, make_person("eve")) is None


def test_a_token_of_nobody_opens_nothing() -> None:
    assert by_token("no-such-token") is None and by_token("x" * 5000) is None


def test_the_words_are_in_the_language_of_the_message(drill: Drill) -> None:
    Message.objects.filter(channel="sms").update(language="zh-hans")
    assert "谢谢" in str(heard("sms", PHONES["ana"], _called("ana").code))
    assert "thank you" in str(heard("mail", "ben@city.example", _called("ben").code))
