"""Every error is problem+json, never a page."""

from typing import Any

import pytest
from django.test import Client

from bihuan.faces.api import cases
from bihuan.spine.accounts.tokens import issue
from tests.spine.cases.known import World


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing/here", 404),
        ("POST", "/nothing/here", 404),
        ("DELETE", "/cases", 405),
        ("GET", "/cases/1/accept", 405),
        ("GET", "/cases/99999999999999999999999", 404),
        ("POST", "/cases/1/fly", 404),
        ("GET", "/cases?limit=0", 422),
        ("GET", "/cases?limit=many", 422),
    ],
)
def test_errors_are_problems(world: World, call: Any, method: str, path: str, status: int) -> None:
    answer = call(world.max, method, path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_a_body_that_is_no_json_is_a_problem(world: World) -> None:
    headers = {"Authorization": f"Bearer {issue(world.ben, 'test')}"}
    for body in (b"{", b"\xff\xfe", b"[1]"):
        answer = Client().generic("POST", "/api/v1/cases/1/hold", body, "application/json", headers=headers)
        assert 400 <= answer.status_code < 500
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_fault_of_ours_tells_nothing_of_itself(
    world: World, call: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("secret inner thing")

    monkeypatch.setattr(cases.queries, "list_queue", fail)
    answer = call(world.ben, "GET", "/cases")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in answer.content
    assert "secret inner thing" in caplog.text
