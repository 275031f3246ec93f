"""Who asks."""

from typing import Any

from django.test import Client

from bihuan.spine.accounts.tokens import issue
from tests.spine.cases.known import World, make_case


def test_nobody_and_a_forged_token_are_asked_for_one(world: World, call: Any) -> None:
    case = make_case(world)
    answer = call(None, "GET", f"/cases/{case.pk}")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    forged = Client().get("/api/v1/cases", headers={"Authorization": "Bearer bihuan_forged"})
    assert forged.status_code == 401


def test_dan_whose_account_was_closed_is_asked_for_a_token(world: World) -> None:
    token = issue(world.dan, "old")
    world.dan.is_active = False
    world.dan.save()
    assert Client().get("/api/v1/cases", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def signed_in(name: str) -> Client:
    """Sign in as people do, then behave like a browser: forms must carry their token."""
    client = Client()
    answer = client.post("/staff/login/", {"login": name, "password": "long enough 1"})
    assert answer.status_code == 302
    client.handler.enforce_csrf_checks = True
    return client


def test_a_page_of_ours_must_show_its_csrf_token(world: World) -> None:
    case = make_case(world)
    client = signed_in("ben")
    path = f"/api/v1/cases/{case.pk}/accept"
    refused = client.post(path, {}, content_type="application/json")
    assert (refused.status_code, refused.headers["Content-Type"]) == (403, "application/problem+json")
    client.cookies["csrftoken"] = token = "a" * 32
    taken = client.post(path, {}, content_type="application/json", headers={"X-CSRFToken": token})
    assert taken.status_code == 200


def test_a_session_without_its_second_factor_opens_nothing(world: World, settings: Any) -> None:
    client = signed_in("ben")
    assert client.get("/api/v1/me").status_code == 200
    settings.BIHUAN_SECOND_FACTOR = True
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")


def test_a_programs_token_needs_no_second_factor(world: World, call: Any, settings: Any) -> None:
    settings.BIHUAN_SECOND_FACTOR = True
    assert call(world.ben, "GET", "/me").status_code == 200
