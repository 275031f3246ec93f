"""How each channel stands: what is missing, what went well last, what did not."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.messages import sending, standing
from bihuan.spine.messages.channels import choosing, states
from bihuan.spine.messages.models import Heard, Message
from tests.spine.cases.known import make_submission
from tests.spine.messages.calls.made import ring
from tests.spine.messages.made import make_message

pytestmark = pytest.mark.django_db


def _out(name: str) -> standing.Out:
    return next(one for one in standing.list_out() if one.name == name)


def _in(name: str) -> standing.In:
    return next(one for one in standing.list_in() if one.name == name)


def test_every_channel_of_the_registry_appears_those_switched_on_first(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["sms", "screen"]
    found = standing.list_out()
    assert [one.name for one in found[:2]] == ["sms", "screen"]
    assert {one.name for one in found} == set(choosing.ALL)
    assert [one.is_on for one in found] == [True, True] + [False] * (len(choosing.ALL) - 2)


def test_what_is_missing_is_named_and_nothing_is_told_of_what_is_set(settings: Any) -> None:
    settings.BIHUAN_SMS_URL, settings.BIHUAN_SMS_KEY = "https://sms.example", ""
    assert _out("sms").missing == ["BIHUAN_SMS_KEY"]
    settings.BIHUAN_SMS_KEY = "do-not-tell"
    assert _out("sms").missing == [] and "do-not-tell" not in str(standing.list_out())
    settings.BIHUAN_SMS_URL = "https://dysmsapi.aliyuncs.com/"
    assert set(_out("sms").missing) == {"BIHUAN_SMS_USER", "BIHUAN_SMS_SENDER", "BIHUAN_SMS_TEMPLATE"}
    settings.BIHUAN_SMS_PROVIDER = "tencent"
    assert "BIHUAN_SMS_APP" in _out("sms").missing


def test_a_new_channel_appears_by_itself_with_the_settings_of_its_name(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Pigeon:
        name, is_immediate = "pigeon", False

        def reaches(self, address: str) -> bool:
            return address.startswith("loft:")

        def deliver(self, message: Message, address: str) -> None: ...

    monkeypatch.setitem(choosing.ALL, "pigeon", Pigeon())
    settings.BIHUAN_PIGEON_LOFT, settings.BIHUAN_PIGEON_CORN = "", "maize"
    assert _out("pigeon").missing == ["BIHUAN_PIGEON_LOFT"]
    assert all(one.name != "pigeon" for one in standing.list_in())
    settings.BIHUAN_PIGEON_TOKEN = settings.BIHUAN_PIGEON_PERCH = ""
    settings.BIHUAN_PIGEON_RING = 0
    assert _out("pigeon").missing == ["BIHUAN_PIGEON_LOFT", "BIHUAN_PIGEON_PERCH", "BIHUAN_PIGEON_RING"]
    assert _in("pigeon").missing == ["BIHUAN_PIGEON_TOKEN"]
    monkeypatch.setattr(Pigeon, "needs", ("BIHUAN_PIGEON_CORN",), raising=False)
    assert _out("pigeon").missing == []


def test_the_last_success_and_the_last_failure_stand_with_the_reason() -> None:
    now = clock.now()
    with clock.running(lambda: now - timedelta(hours=2)):
        states.mark_worked("smtp", states.OUT)
    with clock.running(lambda: now - timedelta(hours=1)):
        states.mark_failed("smtp", states.OUT, "TimeoutError: …")
    make_message(channel="smtp")
    found = _out("smtp")
    assert (found.succeeded_at, found.failed_at) == (now - timedelta(hours=2), now - timedelta(hours=1))
    assert (found.waiting, found.error, found.is_failing) == (1, "TimeoutError: …", True)
    states.mark_worked("smtp", states.OUT)
    assert not _out("smtp").is_failing


def test_one_that_waits_after_a_failure_is_told_before_it_is_given_up() -> None:
    make_message(channel="smtp", address="nobody")
    sending.send_due()
    found = _out("smtp")
    assert found.waiting == 1 and found.error and found.is_failing


def test_a_mailbox_that_can_not_be_read_stands_with_its_reason() -> None:
    states.mark_failed("mail", states.IN, "ConnectionRefusedError")
    assert _in("mail").error == "ConnectionRefusedError"


def test_what_came_in_last_is_an_ask_an_answer_or_a_call() -> None:
    now = clock.now()
    make_submission(channel="web", received_at=now - timedelta(minutes=5))
    make_submission(channel="sms", received_at=now - timedelta(minutes=50))
    Heard.objects.create(key="sms:1", at=now - timedelta(minutes=7))
    call = ring()
    assert _in("web").heard_at == now - timedelta(minutes=5)
    assert _in("sms").heard_at == now - timedelta(minutes=7)
    assert _in("telephone").heard_at == call.rang_at
    assert _in("wechat").heard_at is None


def test_a_way_in_that_nobody_thought_of_appears_when_it_is_used() -> None:
    make_submission(channel="radio")
    assert _in("radio").missing == []


def test_a_test_goes_to_whoever_asks_for_it(settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "smtp"]
    ana = User.objects.create_user("ana", email="ana@city.example")
    message = standing.send_test(by=ana, name="smtp")
    assert message.channel == "smtp" and ("演练" in message.subject or "DRILL" in message.subject)
    assert standing.send_test(by=ana, name="screen").about == f"staff:{ana.pk}"


@pytest.mark.parametrize("name", ["sms", "pigeon", "", "smtp"])
def test_a_channel_that_is_off_or_does_not_reach_one_is_refused(settings: Any, name: str) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "smtp"]
    with pytest.raises(Refused):
        standing.send_test(by=User.objects.create_user("ben"), name=name)
    assert not Message.objects.exists()
