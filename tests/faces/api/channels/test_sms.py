"""Text messages as gateways deliver them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bihuan.faces.api.channels.sms import sign_twilio
from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Picture
from tests.spine.cases.known import World, make_world

ADDRESS = "/api/v1/channels/sms"
PHONE = "19900005526"


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.BIHUAN_SMS_IN_KEY = "secret"
    return make_world()


def test_twilios_published_signature_comes_out() -> None:
    said = {
        "CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309",
        "To": "+18005551212",
    }  # fmt: skip
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign_twilio("12345", url, said) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize(
    "said",
    [
        {"mobile": PHONE, "content": "停电"},
        {"from": PHONE, "text": "停电"},
        {"phone": PHONE, "message": "停电"},
    ],
)
def test_the_names_in_use_are_known(world: World, said: dict[str, str]) -> None:
    for _ in range(2):
        answer = Client().post(ADDRESS, {**said, "key": "secret"})
        assert answer.status_code == 200 and "受理号" in answer.json()["reply"]
    assert Submission.objects.get().text == "停电"


def test_twilio_is_answered_in_its_own_words(world: World) -> None:
    said = {"From": f"+86{PHONE}", "Body": "no power", "MessageSid": "SM1"}
    signed = sign_twilio("secret", f"http://127.0.0.1:8000{ADDRESS}", said)
    answer = Client().post(ADDRESS, said, headers={"X-Twilio-Signature": signed})
    assert b"<Response><Message>We have it." in answer.content
    forged = Client().post(ADDRESS, {**said, "Body": "x"}, headers={"X-Twilio-Signature": signed})
    assert forged.status_code == 403


@pytest.mark.parametrize("key", ["", "wrong"])
def test_without_the_key_nothing_is_taken(world: World, settings: Any, key: str) -> None:
    assert Client().post(ADDRESS, {"from": PHONE, "text": "x", "key": key}).status_code == 403
    settings.BIHUAN_SMS_IN_KEY = ""
    assert Client().post(ADDRESS, {"from": PHONE, "text": "x", "key": ""}).status_code == 403
    assert not Submission.objects.exists()


def test_what_is_no_telephone_is_refused(world: World) -> None:
    assert Client().post(ADDRESS, {"from": "BANK", "text": "x", "key": "secret"}).status_code == 422


def test_pictures_of_a_message_are_noted_to_be_fetched_and_what_is_none_is_not(world: World) -> None:
    said = {
        "From": f"+86{PHONE}", "Body": "lamp", "MessageSid": "MM1", "NumMedia": "3",
        "MediaUrl0": "https://api.example/m/0", "MediaContentType0": "image/jpeg",
        "MediaUrl1": "https://api.example/m/1", "MediaContentType1": "audio/amr",
        "MediaUrl2": "ftp://api.example/m/2", "MediaContentType2": "image/png",
    }  # fmt: skip
    signed = sign_twilio("secret", f"http://127.0.0.1:8000{ADDRESS}", said)
    Client().post(ADDRESS, said, headers={"X-Twilio-Signature": signed})
    waiting = Picture.objects.get()
    assert unseal(waiting.source_sealed) == "https://api.example/m/0"
    assert waiting.receipt == Submission.objects.get().receipt


def test_words_without_a_number_count_again_after_a_while(world: World) -> None:
    now = clock.now()
    for minutes in (0, 20):
        with clock.running(lambda at=now + timedelta(minutes=minutes): at):
            Client().post(ADDRESS, {"from": PHONE, "text": "new ask: no gas", "key": "secret"})
    assert Submission.objects.count() == 2
