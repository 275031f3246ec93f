"""Which scope an address wants."""

from typing import Any

import pytest
from django.test import Client

from bihuan.faces.api.scopes import scope_of
from bihuan.spine.accounts.models import Scope, User
from bihuan.spine.accounts.tokens import issue
from tests.spine.cases.known import World, make_case

S = Scope


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "me", None), ("GET", "cases", S.READ), ("GET", "cases/1", S.READ), ("POST", "cases/find", S.READ),
        ("POST", "cases/1/accept", S.ACT), ("POST", "cases/bulk", S.ACT), ("POST", "cases/enter", S.ASK),
        ("POST", "cases/1/reveal", S.PRIVATE), ("POST", "cases/1/slip", S.PRIVATE),
        ("POST", "care/people/1/reveal", S.PRIVATE), ("GET", "care/today", S.CARE), ("POST", "passes", S.PASSES),
        ("GET", "afteraction/events", S.AUDIT), ("GET", "audit", S.AUDIT), ("POST", "shifts", S.MANAGE),
        ("PUT", "levels/1/lines/2", S.MANAGE), ("DELETE", "rules/draft/rules/1", S.MANAGE),
        ("POST", "shed/begin", S.MANAGE), ("POST", "twins/1/judge", S.ACT), ("POST", "photos", S.ACT),
    ],
)  # fmt: skip
def test_each_address_has_its_scope(method: str, path: str, scope: Scope | None) -> None:
    assert scope_of(method, path) == scope


def ask(user: User, scopes: list[Scope], method: str, path: str, body: Any = None) -> Any:
    token = issue(user, "display", scopes=scopes)
    client = Client(headers={"authorization": f"Bearer {token}", "accept-language": "en"})
    return client.generic(method, f"/api/v1{path}", body or "", "application/json")


def test_a_token_is_refused_beyond_its_scopes_and_told_which_it_lacks(world: World) -> None:
    case = make_case(world)
    assert ask(world.ben, [S.READ], "GET", f"/cases/{case.pk}").status_code == 200
    refused = ask(world.ben, [S.READ], "POST", f"/cases/{case.pk}/accept", "{}")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:bihuan:problem:scope")
    assert "act" in refused.json()["detail"]
    before, _ = case.status, case.refresh_from_db()
    assert case.status == before


def test_a_scope_gives_nothing_that_the_holder_may_not_do(world: World) -> None:
    case = make_case(world)
    assert ask(world.eve, list(S), "GET", f"/cases/{case.pk}").status_code == 404


def test_an_api_key_of_open311_is_a_token_that_may_ask(world: World) -> None:
    key = issue(world.olga, "peer", scopes=[S.READ])
    said = {"api_key": key, "service_code": world.service.code, "description": "x"}
    assert Client().post("/open311/v2/requests.json", said).status_code == 403
