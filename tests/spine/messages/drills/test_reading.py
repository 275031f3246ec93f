"""Figures of a drill, counted here by hand."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.messages.drills.answering import heard
from bihuan.spine.messages.drills.reading import list_people, result_of, results_of
from bihuan.spine.messages.models import Called, Drill, Message
from tests.spine.messages.drills.made import PHONES, make_people, start

pytestmark = pytest.mark.django_db


def _answers(drill: Drill, name: str, after_s: int) -> None:
    at = drill.started_at + timedelta(seconds=after_s)
    with clock.running(lambda: at):
        heard("sms", PHONES[name], Called.objects.get(drill=drill, person__username=name).code)


def test_what_is_counted_is_what_happened(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms", "smtp"]
    people = make_people("ana", "ben", "eve")
    people[2].person.contacts.all().delete()
    drill = start(people, ["sms", "smtp"])
    first, second = Message.objects.filter(channel="sms").order_by("id")
    Message.objects.filter(pk__in=[first.pk, second.pk]).update(status="sent")
    Message.objects.filter(channel="smtp", pk=Message.objects.filter(channel="smtp")[0].pk).update(
        status="failed"
    )
    _answers(drill, "ana", 40)
    _answers(drill, "ben", 601)
    result = result_of(drill)
    assert (result.called, result.answered, result.late, result.median_s) == (3, 1, 1, 40)
    sms, mail = result.lines
    assert (sms.written, sms.handed, sms.unreached, sms.answered, sms.unanswered, sms.median_s) == (
        2,
        2,
        1,
        1,
        1,
        40,
    )
    assert (mail.written, mail.failed, mail.waiting, mail.answered, mail.median_s) == (3, 1, 2, 0, None)
    assert round(result.share, 1) == 33.3


def test_the_median_lies_between_the_middle_two(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    drill = start(make_people("ana", "ben"))
    _answers(drill, "ana", 10)
    _answers(drill, "ben", 30)
    assert result_of(drill).median_s == 20


def test_those_without_an_answer_come_first(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    drill = start(make_people("ana", "ben", "eve"))
    _answers(drill, "ana", 10)
    assert [one.person.username for one in list_people(drill)] == ["ben", "eve", "ana"]


def test_many_drills_take_as_many_questions_as_one(settings: Any, django_assert_num_queries: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    drills = [start(make_people("ana"), scope=f"/{k}/") for k in range(3)]
    with django_assert_num_queries(2):
        assert [one.called for one in results_of(drills)] == [1, 1, 1]
