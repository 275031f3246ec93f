"""Any gateway with a key."""

import json
from typing import Any

import pytest

from bihuan.spine.messages.channels.gateways import plain
from bihuan.spine.messages.channels.refusing import NotTaken
from tests.spine.messages.made import PHONE
from tests.spine.messages.webserver import Far


def test_any_gateway_gets_json_with_the_key(far: Far, settings: Any) -> None:
    settings.BIHUAN_SMS_KEY = "secret"
    plain.send("7", "Taken in hand.", PHONE, f"{far.url}/send")
    assert json.loads(far.asked[0].body) == {"id": "7", "to": PHONE, "text": "Taken in hand."}
    assert far.asked[0].headers["authorization"] == "Bearer secret"
    far.status = 500
    with pytest.raises(NotTaken):
        plain.send("7", "Taken in hand.", PHONE, f"{far.url}/send")
