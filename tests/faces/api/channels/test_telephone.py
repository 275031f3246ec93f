"""An exchange posts what happens to calls: plainly, as Asterisk, FreeSWITCH and Twilio do."""

from typing import Any

import pytest
from django.test import Client

from bihuan.spine.messages.models import Call

pytestmark = pytest.mark.django_db
URL = "/api/v1/channels/telephone"
KEY = "a-shared-key"
PLAIN = {"caller": "19900005526", "extension": "8001", "call_id": "c-1", "event": "ringing"}


@pytest.fixture
def exchange(settings: Any) -> Client:
    settings.BIHUAN_TELEPHONE_KEY = KEY
    return Client(headers={"authorization": f"Bearer {KEY}"})


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (PLAIN, "ringing"),
        ({"CallerIDNum": "19900005526", "Exten": "8001", "Uniqueid": "1761.22", "Event": "Newchannel"}, "ringing"),
        ({"Caller-Caller-ID-Number": "19900005526", "Caller-Destination-Number": "8001", "Unique-ID": "7f-1",
          "Event-Name": "CHANNEL_ANSWER"}, "answered"),
        ({"From": "+8619900005526", "To": "8001", "CallSid": "CA12", "CallStatus": "in-progress"}, "answered"),
        ({"from": "sip:19900005526@pbx", "to": "sip:8001@pbx", "id": "x", "status": "hangup"}, "ended"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["form", "json"])
def test_every_dialect_is_one_call(exchange: Client, said: dict[str, str], state: str, kind: str) -> None:
    more = {"content_type": "application/json"} if kind == "json" else {}
    answer = exchange.post(URL, said, **more)
    call = Call.objects.get()
    assert answer.status_code == 200, answer.content
    assert (call.state, call.extension, call.phone) == (state, "8001", "+8619900005526")
    assert answer.json()["form"].endswith(f"/desk/enter/?call={call.pk}")


def test_the_key_may_stand_among_the_fields(settings: Any) -> None:
    settings.BIHUAN_TELEPHONE_KEY = KEY
    assert Client().post(URL, PLAIN | {"key": KEY}).status_code == 200


@pytest.mark.parametrize("key", ["", "another", "ключ"])
def test_without_the_key_nothing_is_taken(settings: Any, key: str) -> None:
    settings.BIHUAN_TELEPHONE_KEY = KEY
    assert Client().post(URL, PLAIN | {"key": key}).status_code == 403
    assert not Call.objects.exists()


def test_where_no_key_is_set_there_is_no_exchange(settings: Any) -> None:
    settings.BIHUAN_TELEPHONE_KEY = ""
    assert Client().post(URL, PLAIN | {"key": ""}).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"event": "singing"}, "event"), ({"call_id": ""}, "call_id"), ({"extension": "<b>" * 9}, "extension")],
)
def test_what_can_not_be_read_is_said(exchange: Client, wrong: dict[str, str], field: str) -> None:
    answer = exchange.post(URL, PLAIN | wrong)
    assert answer.status_code == 422 and answer.json()["errors"][0]["field"] == field


@pytest.mark.parametrize("body", ["", "[]", "{", "null", '"x"'])
def test_nonsense_is_a_problem_and_no_error(exchange: Client, body: str) -> None:
    assert exchange.post(URL, body, content_type="application/json").status_code == 422
