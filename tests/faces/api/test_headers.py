"""ETags, and how much may still be asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from bihuan.spine.accounts import limits
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.cases import actions
from tests.spine.cases.known import World, make_case


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    limits.forget()
    yield
    limits.forget()


def program(world: World) -> Client:
    return Client(headers={"authorization": f"Bearer {issue(world.ben, 'x')}", "accept-language": "en"})


@pytest.mark.parametrize("path", ["/cases", "/cases/{}", "/services", "/teams", "/calendars", "/features/"])
def test_what_is_still_so_is_answered_with_304_and_no_body(world: World, path: str) -> None:
    case, client = make_case(world), program(world)
    address = "/api/v1" + path.format(case.pk)
    first = client.get(address)
    same = client.get(address, headers={"if-none-match": first.headers["ETag"]})
    assert (first.status_code, same.status_code, same.content) == (200, 304, b"")
    assert same.headers["ETag"] == first.headers["ETag"]
    assert (
        client.get(address, headers={"if-none-match": f'W/{first.headers["ETag"]}, "x"'}).status_code == 304
    )
    assert client.get(address, headers={"if-none-match": '"x"'}).status_code == 200


def test_a_change_changes_the_etag_of_the_case_and_of_its_list(world: World) -> None:
    case, client = make_case(world), program(world)
    before = [client.get(f"/api/v1/cases{end}").headers["ETag"] for end in ("", f"/{case.pk}")]
    actions.accept(case=case, by=world.ben)
    after = [client.get(f"/api/v1/cases{end}").headers["ETag"] for end in ("", f"/{case.pk}")]
    assert before[0] != after[0] and before[1] != after[1]


def test_an_answer_for_one_is_not_kept_for_others(world: World) -> None:
    assert "private" in program(world).get("/api/v1/cases").headers["Cache-Control"]


def test_each_answer_says_how_much_is_left(world: World, settings: Any) -> None:
    settings.BIHUAN_API_PER_MINUTE = 3
    client = program(world)
    answers = [client.get("/api/v1/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"token";q=3;w=60'}
    refused = answers[3]
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(refused.headers["Retry-After"]) <= 60


def test_without_a_limit_nothing_is_said_of_one(world: World, settings: Any) -> None:
    settings.BIHUAN_API_PER_MINUTE = 0
    assert "RateLimit" not in program(world).get("/api/v1/me").headers
