"""Asking at an address as somebody, with a body of the right form, and reading what the answer amounts to."""

import re
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from bihuan.faces.api.deeds import DEEDS
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from tests.access.rules import FORBIDDEN, IN, LOGIN, TOKEN, UNKNOWN, Answer


def enter(user: User | None, *, is_program: bool) -> Client:
    client = Client(
        headers={"authorization": f"Bearer {issue(user, 'trial')}"} if user and is_program else None
    )
    if user:
        client.force_login(user)
    return client


def answer(client: Client, method: str, address: str) -> Any:
    """Ask, with what the address wants to be told, and put everything back."""
    with transaction.atomic():
        response = client.get(address) if method == "GET" else _post(client, address)
        b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def _post(client: Client, address: str) -> Any:
    if address.endswith("/photos"):
        return client.post(address, {"photo": ContentFile(b"no picture", "x.jpg")})
    if not address.startswith("/api/"):
        return client.post(address)
    verb = address.rpartition("/")[2]
    if verb == "move":
        body = {"to": 1} if "/rules/" in address else {"is_up": True}
        return client.post(address, body, content_type="application/json")
    if verb in ROTA:
        return client.post(address, ROTA[verb], content_type="application/json")
    if "/api/v1/passes" in address:
        return client.post(address, PASSES.get(verb, {}), content_type="application/json")
    if "/api/v1/paper" in address:
        return client.post(address, PAPER.get(verb, {"text": "x"}), content_type="application/json")
    body = CARE.get(verb, {}) if "/care/" in address else _body(verb)
    return client.post(address, body, content_type="application/json")


CARE: dict[str, dict[str, Any]] = {
    "people": {"name": "An", "site": "home", "kinds": ["alone"], "consent": "spoken"},
    "check": {"found": "well"},
    "need": {"client_id": "x", "service": "x", "text": "x"},
    "supplies": {"kind": "gas", "amount": 1, "daily_use": 1},
    "leave": {"reason": "moved"},
    "reveal": {"field": "phone", "purpose": "check"},
}


MOMENT = "2026-11-23T08:00:00Z"
PASSES: dict[str, dict[str, Any]] = {
    "passes": {
        "client_id": "trial-of-access", "applicant": "receiver", "contact": "x", "phone": "1", "plate": "x",
        "goods": "medical", "goods_name": "x", "quantity": 1, "unit": "t", "origin_code": "x",
        "destination_code": "x", "valid_from": MOMENT, "valid_until": MOMENT, "crew": [],
    },
    "approve": {"passes": []},
    "trips": {"expected_at": MOMENT},
    "step": {"step": "gate"},
}  # fmt: skip


PAPER: dict[str, dict[str, Any]] = {"void": {}, "blocks": {"count": 1}}
MORNING, NOON = "2026-11-23T08:00", "2026-11-23T12:00"
ROTA: dict[str, dict[str, Any]] = {
    "shifts": {"agency": "grid", "person": "ben", "from_at": MORNING, "until_at": NOON},
    "repeat": {"agency": "grid", "people": ["ben"], "first_on": "2026-11-23", "days": 1},
    "copy": {"agency": "grid", "monday": "2026-11-23"},
    "read": {"id": 1},
}


TWINS: dict[str, dict[str, Any]] = {
    "judge": {"verdict": "other"},
    "begin": {"service": "nowhere", "words_zh": "先救人"},
    "lines": {"calendar": "nowhere", "dispatch_min": 1, "accept_min": 1, "reply_min": 1, "resolve_min": 1},
    "in_force": {"over": 0},
    "reports": {"since": MOMENT, "until": "2026-11-23T09:00:00Z"},
    "switch": {"revision": -1},
    "rules": {"agency": "nowhere"},
    "search": {"text": "x"},
    "canned": {"title": "x", "text_zh": ""},
    "calendars": {"code": "x", "name_zh": "x", "kind": "none"},
    "webhooks": {"url": "x"},
    "put_up": {"case": 1, "services": ["nowhere"], "words_zh": "停电"},
}


def _body(verb: str) -> dict[str, Any]:
    """A body of the right form, so that the answer is not about the form."""
    if verb == "reveal":
        return {"submission": 1, "field": "phone", "purpose": "other"}
    if verb in TWINS:
        return TWINS[verb]
    if verb not in DEEDS:
        return {}
    fields = DEEDS[verb].said.model_fields.items()
    return {name: 1 if field.annotation is int else "x" for name, field in fields if field.is_required()}


def words(response: Any) -> Answer:
    status = response.status_code
    if status in {301, 302}:
        return (
            LOGIN if re.match(r"/staff/login/|/admin/(login/)?(\?|$)", response.headers["Location"]) else IN
        )
    return {401: TOKEN, 403: FORBIDDEN, 404: UNKNOWN}.get(status, IN)
