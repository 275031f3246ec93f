"""What an exchange reports: any order, any number of times, any way of writing a number."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.calls.hearing import caller_of, extension_of, pop, sit
from bihuan.spine.messages.models import Call, CallState
from tests.spine.messages.calls.made import PHONE, ring, tell


@pytest.mark.parametrize(
    "said",
    [
        "19900005526", "+86 199 0000 5526", "tel:+8619900005526", "sip:19900005526@10.0.0.1",
        "sip:+8619900005526;user=phone@pbx", '"An" <sip:+8619900005526@pbx.example>', "008619900005526",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_caller_is_the_same_number(said: str) -> None:
    assert caller_of(said) == PHONE


@pytest.mark.parametrize(
    "said",
    [
        "",
        "anonymous",
        "Unknown",
        "sip:anonymous@anonymous.invalid",
        "withheld",
        "8012",
        "\x00",
        "<>",
        "a1" * 200,
    ],
)
def test_a_withheld_or_internal_number_is_nobodys(said: str) -> None:
    assert caller_of(said) == ""


@pytest.mark.django_db
def test_a_call_goes_on_and_never_back() -> None:
    ring()
    tell(CallState.ANSWERED, extension="8001")
    tell(CallState.RINGING)
    tell(CallState.ENDED)
    tell(CallState.ANSWERED)
    call = Call.objects.get()
    assert (call.state, call.extension) == (CallState.ENDED, "8001")
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == [
        "call_rang",
        "call_answered",
        "call_ended",
    ]


@pytest.mark.django_db
def test_the_end_may_come_before_the_beginning() -> None:
    tell(CallState.ENDED)
    ring()
    assert Call.objects.get().state == CallState.ENDED


@pytest.mark.django_db
@pytest.mark.parametrize("call_id", ["", "   ", "x" * 65, "a\x00b", "a\nb"])
def test_a_call_without_a_good_number_of_its_own_is_refused(call_id: str) -> None:
    with pytest.raises(Refused):
        ring(call_id)
    assert not Call.objects.exists()


@pytest.mark.django_db
def test_the_audit_holds_no_number() -> None:
    ring()
    assert "5526" not in str(list(Event.objects.values()))


@pytest.mark.django_db
def test_a_softphone_that_names_no_call_means_the_one_that_rings() -> None:
    olga = User.objects.create_user("olga")
    rings = ring()
    assert pop(by=olga, caller="199 0000 5526") == rings
    assert pop(by=olga, caller=PHONE) == rings


@pytest.mark.django_db
def test_a_new_call_of_the_same_number_later_is_another() -> None:
    olga = User.objects.create_user("olga")
    first = pop(by=olga, caller=PHONE)
    assert pop(by=olga, caller=PHONE) == first
    Call.objects.update(rang_at=clock.now() - timedelta(hours=1))
    second = pop(by=olga, caller=PHONE)
    Call.objects.filter(pk=second.pk).update(receipt="482109375526")
    assert len({first.pk, second.pk, pop(by=olga, caller=PHONE).pk}) == 3


@pytest.mark.django_db
def test_withheld_callers_are_never_taken_for_one_another() -> None:
    olga = User.objects.create_user("olga")
    assert pop(by=olga, caller="").pk != pop(by=olga, caller="anonymous").pk


@pytest.mark.django_db
def test_whoever_sits_down_takes_the_seat() -> None:
    olga, ben = User.objects.create_user("olga"), User.objects.create_user("ben")
    sit(by=olga, number="8001")
    sit(by=ben, number="8001")
    assert (extension_of(olga), extension_of(ben)) == ("", "8001")
    sit(by=ben, number="")
    assert extension_of(ben) == ""
    with pytest.raises(Refused):
        sit(by=ben, number="<script>")
