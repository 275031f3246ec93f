"""The small city, and its people as programs with bearer tokens."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from tests.spine.cases.known import World, make_world

Call = Callable[..., Any]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def call() -> Call:
    """``call(user, "GET", path, body)``: speak to the API as somebody, or as nobody with None."""

    def send(user: User | None, method: str, path: str, body: object = None) -> Any:
        headers = {"Accept-Language": "en"}
        if user:
            headers["Authorization"] = f"Bearer {issue(user, 'test')}"
        data = b"" if body is None else json.dumps(body).encode()
        client = Client(enforce_csrf_checks=True)
        return client.generic(method, f"/api/v1{path}", data, "application/json", headers=headers)

    return send
