"""Webhooks kept by programs."""

from typing import Any

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.messages.models import Delivery
from tests.spine.cases.known import World, make_user

URL = "https://peer.example/hook"


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


def test_an_endpoint_is_made_with_a_secret_that_is_told_once(ada: User, call: Any) -> None:
    made = call(ada, "POST", "/webhooks", {"url": URL, "agency": "grid", "kinds": ["case.accept"]})
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    listed = call(ada, "GET", "/webhooks").json()["items"][0]
    assert (listed["url"], listed["agency"], listed["secret"]) == (URL, "grid", "")
    changed = call(ada, "POST", f"/webhooks/{listed['id']}/secret").json()["secret"]
    assert changed.startswith("whsec_") and changed != made.json()["secret"]


def test_it_is_tried_switched_and_sent_to_again(ada: User, call: Any) -> None:
    number = call(ada, "POST", "/webhooks", {"url": URL}).json()["id"]
    assert call(ada, "POST", f"/webhooks/{number}/do/trial").status_code == 200
    sent = call(ada, "GET", f"/webhooks/{number}/deliveries").json()["items"][0]
    Delivery.objects.update(status="failed", attempts=9)
    again = call(ada, "POST", f"/webhooks/{number}/deliveries/{sent['id']}/again").json()
    assert (again["status"], again["attempts"]) == ("waiting", 0)
    assert call(ada, "POST", f"/webhooks/{number}/do/off").json()["is_active"] is False
    assert call(ada, "POST", f"/webhooks/{number}/do/on").json()["is_active"] is True
    assert call(ada, "POST", f"/webhooks/{number}/do/dance").status_code == 422


def test_what_is_wrong_or_not_there_is_said(ada: User, world: World, call: Any) -> None:
    assert call(ada, "POST", "/webhooks", {"url": "http://127.0.0.1/"}).status_code == 422
    assert call(ada, "POST", "/webhooks", {"url": URL, "kinds": ["case.dance"]}).status_code == 422
    assert call(ada, "GET", "/webhooks/9/deliveries").status_code == 404
    assert call(world.ben, "GET", "/webhooks").status_code == 403
