"""A window ends once: by its time or by hand."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.drills.answering import heard
from bihuan.spine.messages.drills.closing import close_over, stop
from bihuan.spine.messages.drills.reading import result_of
from bihuan.spine.messages.models import Called, Drill, Message
from bihuan.spine.messages.queries import list_failed
from bihuan.spine.messages.sending import send_due
from tests.spine.messages.drills.made import PHONES, make_people, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def drill(settings: Any) -> Drill:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms"]
    return start(make_people("ana", "ben"))


def test_a_window_is_closed_when_it_is_over_and_once(drill: Drill) -> None:
    assert close_over() == 0
    over = drill.until_at
    with clock.running(lambda: over):
        assert (close_over(), close_over()) == (1, 0)
    assert Event.objects.get(verb="drill_closed").detail == {"called": 2, "answered": 0, "stopped": False}


def test_stopped_by_hand_what_came_before_counts_and_what_comes_after_is_late(drill: Drill) -> None:
    minute = timedelta(minutes=1)
    for after, deed in (
        (1, lambda: heard("sms", PHONES["ana"], _code("ana"))),
        (2, lambda: stop(drill=drill, by=User.objects.get(username="sam"))),
        (3, lambda: heard("sms", PHONES["ben"], _code("ben"))),
    ):
        at = drill.started_at + after * minute
        with clock.running(lambda at=at: at):  # type: ignore[misc]
            deed()
        drill.refresh_from_db()
    result = result_of(drill)
    assert (result.answered, result.late) == (1, 1)
    with pytest.raises(Conflict):
        stop(drill=drill, by=User.objects.get(username="sam"))


def test_what_no_carrier_took_in_the_window_goes_out_no_more(drill: Drill) -> None:
    held, sent = Message.objects.order_by("id")
    Message.objects.filter(pk=sent.pk).update(status="sent")
    over = drill.until_at
    with clock.running(lambda: over):
        close_over()
        assert send_due() == 0
    held.refresh_from_db()
    assert (held.status, held.attempts) == ("failed", 0)
    assert list_failed() == [], "nobody has to be telephoned for it"
    assert result_of(drill).lines[0].failed == 1


def _code(name: str) -> str:
    return Called.objects.get(person__username=name).code


def test_when_one_is_over_the_next_can_begin(drill: Drill) -> None:
    over = drill.until_at
    with clock.running(lambda: over):
        close_over()
        start(make_people("ana"))
    assert Drill.objects.count() == 2
