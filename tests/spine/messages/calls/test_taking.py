"""One ask of a call; who comes second is told."""

import pytest

from bihuan.kernel.errors import Conflict
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.calls import taking
from bihuan.spine.messages.models import Call
from tests.spine.cases.known import make_submission
from tests.spine.messages.calls.made import ring

pytestmark = pytest.mark.django_db


def test_a_call_keeps_which_ask_came_of_it() -> None:
    call, olga, ask = ring(), User.objects.create_user("olga"), make_submission(text="no power")
    for _ in range(2):
        call.refresh_from_db()
        taking.settle(call=call, receipt=ask.receipt, text=" no power", case_id=7, by=olga)
    assert Call.objects.get().receipt == ask.receipt
    assert Event.objects.filter(verb="call_taken").count() == 1


def test_words_that_the_door_did_not_keep_are_not_lost_unseen() -> None:
    call, olga, ask = ring(), User.objects.create_user("olga"), make_submission(text="no power")
    with pytest.raises(Conflict, match=ask.receipt[:4]):
        taking.settle(call=call, receipt=ask.receipt, text="no water either", case_id=7, by=olga)


def test_who_opens_a_call_is_written_down_with_what_they_were_told() -> None:
    taking.opened(call=ring(), by=User.objects.create_user("olga"), known=("care",))
    assert Event.objects.get(verb="call_opened").detail == {"known": ["care"]}
