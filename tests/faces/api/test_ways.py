"""Channels over the API."""

from typing import Any

from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.messages.channels import states
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World, make_user


def test_whoever_keeps_the_rules_sees_how_each_channel_stands(
    world: World, call: Call, settings: Any
) -> None:
    settings.BIHUAN_MESSAGE_CHANNELS, settings.BIHUAN_SMS_IN_KEY = ["sms"], "do-not-tell"
    ada = make_user("ada", write_roles()["administrator"], None)
    states.mark_failed("sms", states.OUT, "TimeoutError")
    answer = call(ada, "GET", "/channels")
    assert answer.status_code == 200 and "do-not-tell" not in answer.content.decode()
    first = answer.json()["out"][0]
    assert (first["name"], first["is_on"], first["error"]) == ("sms", True, "TimeoutError")
    assert next(one for one in answer.json()["incoming"] if one["name"] == "sms")["missing"] == []


def test_an_officer_does_not_see_the_channels(world: World, call: Call) -> None:
    assert call(world.ben, "GET", "/channels").status_code == 403
