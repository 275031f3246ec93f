"""The page of channels, and where one is reached."""

from typing import Any

from bihuan.spine.messages.channels import states
from bihuan.spine.messages.models import Contact, Message
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_user


def _ada(world: World) -> Any:
    from bihuan.spine.accounts.models import Role

    return make_user("ada", Role.objects.get(code="administrator"), None)


def test_an_administrator_sees_how_each_channel_stands(world: World, sign_in: SignIn, settings: Any) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS = ["screen", "sms"]
    settings.BIHUAN_SMS_KEY, settings.BIHUAN_SMS_URL = "do-not-show-this", ""
    states.mark_failed("sms", states.OUT, "NotTaken: HTTP 503")
    text = sign_in(_ada(world)).get("/desk/channels/").content.decode()
    assert "BIHUAN_SMS_URL" in text and "NotTaken: HTTP 503" in text
    assert "do-not-show-this" not in text


def test_a_test_to_oneself_goes_into_the_outbox(world: World, sign_in: SignIn) -> None:
    client, ada = sign_in(_ada(world)), Message.objects
    client.post("/desk/channels/test/", {"channel": "screen"})
    assert ada.get().template == "channel_test"
    text = client.post("/desk/channels/test/", {"channel": "sms"}, follow=True).content.decode()
    assert "not switched on" in text


def test_only_whoever_keeps_the_rules_sees_it(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.max).get("/desk/channels/").status_code == 403
    assert sign_in(world.max).post("/desk/channels/test/", {"channel": "screen"}).status_code == 403


def test_one_writes_down_and_takes_away_where_one_is_reached(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    text = client.post("/desk/me/contact/", {"address": "199 0000 5526"}, follow=True).content.decode()
    assert "•••• 5526" in text and "19900005526" not in text
    assert (
        "neither a telephone"
        in client.post("/desk/me/contact/", {"address": "x"}, follow=True).content.decode()
    )
    client.post(f"/desk/me/contact/{Contact.objects.get().pk}/remove/")
    assert not Contact.objects.exists()
