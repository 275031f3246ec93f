"""The OpenAPI description, checked by an outside judge."""

import re
from collections import defaultdict
from typing import Any

import pytest
from django.urls import resolve
from ninja import Schema
from openapi_spec_validator import OpenAPIV31SpecValidator

from bihuan.faces.api.deeds import DEEDS
from bihuan.faces.api.scopes import scope_of
from bihuan.kernel.http import PROBLEM_TYPE

WHOLE = {
    "/api/v1/care/today": "one day of one office, in an order that changes with the hour",
    "/api/v1/cases/groups": "made anew of what waits to be sorted; 200 Cases a group",
    "/api/v1/duty": "who is on duty: a few people",
    "/api/v1/cases/{case_id}/clocks": "a Case has four promises",
    "/api/v1/levels": "the lines of one version, whose order is what they mean",
}
"""Lists that come whole, and why."""


@pytest.fixture
def described(db: None, call: Any) -> dict[str, Any]:
    answer: dict[str, Any] = call(None, "GET", "/openapi.json").json()
    return answer


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, verb, one) for path, each in described["paths"].items() for verb, one in each.items()]


def test_it_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_every_answer_that_is_no_success_is_a_problem(described: dict[str, Any]) -> None:
    for path, verb, one in operations(described):
        bad = {code: answer for code, answer in one["responses"].items() if int(code) >= 400}
        assert {"400", "405"} <= set(bad), path
        assert all(set(answer["content"]) == {PROBLEM_TYPE} for answer in bad.values()), (verb, path)


def test_what_wants_a_token_says_which_scope_and_that_it_may_be_refused(described: dict[str, Any]) -> None:
    for path, verb, one in operations(described):
        if "security" not in one:
            assert "401" not in one["responses"], path
            continue
        assert {"401", "403", "429"} <= set(one["responses"]), path
        wanted = scope_of(verb.upper(), path.removeprefix("/api/v1/"))
        assert one["security"][0] == {"BearerToken": [wanted.value] if wanted else []}, path


def test_every_post_takes_a_key_and_every_deed_a_state(described: dict[str, Any]) -> None:
    for path, verb, one in operations(described):
        named = {each["name"] for each in one["parameters"] if each["in"] == "header"}
        assert ("Idempotency-Key" in named) == (verb == "post"), path
        assert ("If-None-Match" in named) == (verb == "get"), path
        is_deed = path.startswith("/api/v1/cases/{case_id}/") and path.rpartition("/")[2] in DEEDS
        assert ("If-Match" in named) == ("412" in one["responses"]) == is_deed, path


def test_no_two_shapes_share_a_name() -> None:
    """The description keeps shapes by name: one of two alike would be told for the other."""
    found = defaultdict(set)
    todo: list[type] = [Schema]
    while todo:
        for shape in todo.pop().__subclasses__():
            todo.append(shape)
            if shape.__module__.startswith("bihuan."):
                found[shape.__name__].add(shape.__module__)
    assert not {name: sorted(rooms) for name, rooms in found.items() if len(rooms) > 1}


def test_every_operation_is_reached_at_its_address(described: dict[str, Any], client: Any) -> None:
    """Two routers at one address would hide one another: Django takes the first."""
    for path, verb, _ in operations(described):
        address = re.sub(
            r"{(\w+)}", lambda name: "1" if name[1].endswith("id") or name[1] == "number" else "x", path
        )
        resolve(address)
        assert getattr(client, verb)(address).status_code != 405, (verb, path)


def test_every_list_is_turned_by_cursor(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    for path, verb, one in operations(described):
        good = (
            one["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        )
        shape = shapes.get(good.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
        if verb != "get" or "items" not in shape or path in WHOLE:
            continue
        named = {each["name"] for each in one["parameters"]}
        assert {"cursor", "after"} & named, path
        assert {"next", "after"} & set(shape), path
