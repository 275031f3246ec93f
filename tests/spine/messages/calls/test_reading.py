"""Which calls an operator sees, and what is known of the caller."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.messages.calls.hearing import sit
from bihuan.spine.messages.calls.reading import client_id_of, last_ask, list_running
from bihuan.spine.messages.models import Call, CallState
from tests.spine.cases.known import make_submission
from tests.spine.messages.calls.made import PHONE, ring, tell

pytestmark = pytest.mark.django_db


def _seen(person: User) -> list[str]:
    return [call.call_id for call in list_running(person)]


def test_each_sees_the_calls_at_their_own_extension() -> None:
    olga, ben = User.objects.create_user("olga"), User.objects.create_user("ben")
    sit(by=olga, number="8001")
    sit(by=ben, number="8002")
    ring("hers", extension="8001")
    ring("anybodys")
    tell(CallState.ANSWERED, "somebodys", extension="8003")
    assert _seen(olga) == ["anybodys", "hers"]
    assert _seen(ben) == ["anybodys"]


def test_without_seats_everybody_sees_every_call() -> None:
    ring("one", extension="8001")
    assert _seen(User.objects.create_user("olga")) == ["one"]


def test_what_has_ended_or_was_taken_down_or_rings_for_ever_is_gone() -> None:
    olga = User.objects.create_user("olga")
    ring("over")
    tell(CallState.ENDED, "over")
    Call.objects.filter(pk=ring("done").pk).update(receipt="482109375526")
    Call.objects.filter(pk=ring("lost").pk).update(rang_at=clock.now() - timedelta(minutes=6))
    assert _seen(olga) == []


def test_a_call_has_one_number_at_the_door() -> None:
    one, two = ring("one"), ring("two")
    assert client_id_of(one) == client_id_of(Call.objects.get(pk=one.pk)) != client_id_of(two)
    assert len(client_id_of(one)) <= 64


def test_the_last_ask_is_of_the_same_number() -> None:
    make_submission("+8613800000000", site="elsewhere")
    make_submission(PHONE, site="first")
    make_submission(PHONE, site="second")
    found = last_ask(ring())
    assert found is not None and found.site == "second"
    assert last_ask(ring("withheld", caller="")) is None
