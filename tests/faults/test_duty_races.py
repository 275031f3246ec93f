"""Several at once on one call and on one drill: one wins, the others are told or change nothing."""

from functools import partial
from typing import Any

import pytest

from bihuan.kernel.errors import Conflict
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.drills.answering import heard
from bihuan.spine.messages.drills.closing import close_over, stop
from bihuan.spine.messages.models import Call, Called, CallState, Drill, Message
from tests.faults.test_case_races import at_once
from tests.spine.messages.calls.made import ring, tell
from tests.spine.messages.drills.made import PHONES, make_people, start

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _channels(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]


def _told(act: Any) -> str:
    try:
        act()
    except Conflict as conflict:
        return conflict.code
    return ""


def test_an_exchange_that_reports_twice_at_once_makes_one_call() -> None:
    at_once(*[ring] * 4)
    at_once(*[partial(tell, CallState.ANSWERED)] * 2, *[partial(tell, CallState.ENDED)] * 2)
    assert Call.objects.get().state == CallState.ENDED
    verbs = list(Event.objects.values_list("verb", flat=True))
    assert verbs.count("call_rang") == verbs.count("call_ended") == 1


def test_two_who_start_a_drill_at_once_start_one() -> None:
    people = make_people("ana", "ben")
    start(people, scope="/other/")
    told: list[str] = []
    at_once(*[lambda: told.append(_told(partial(start, people)))] * 3)
    assert sorted(told) == ["", "running", "running"]
    assert Drill.objects.filter(scope="/grid/").count() == 1
    assert Message.objects.count() == 4


def test_an_answer_that_comes_several_times_at_once_is_one() -> None:
    drill = start(make_people("ana"))
    code = Called.objects.get().code
    at_once(*[partial(heard, "sms", PHONES["ana"], code)] * 4)
    assert Event.objects.filter(verb="drill_answered", subject_id=drill.pk).count() == 1


def test_a_drill_that_is_ended_by_several_at_once_ends_once() -> None:
    drill = start(make_people("ana"))
    told: list[str] = []
    end = partial(stop, drill=drill, by=drill.started_by)
    at_once(*[lambda: told.append(_told(end))] * 3, close_over)
    assert sorted(told) == ["", "over", "over"]
    assert Event.objects.filter(verb="drill_closed").count() == 1
