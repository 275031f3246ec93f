"""Reading a request within limits."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from bihuan.spine.door.asking import (
    MAX_BODY,
    Gone,
    TooLarge,
    TooSlow,
    WrongType,
    header,
    language_of,
    read_json_body,
)
from tests.spine.door.wire import JSON, scope_of

pytestmark = pytest.mark.once


def read(*messages: dict[str, Any], headers: Mapping[str, str] = JSON, within_s: float = 5) -> bytes:
    left = list(messages)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(60)
        return left.pop(0)

    return asyncio.run(read_json_body(scope_of("POST", "/", headers), receive, within_s=within_s))


def part(body: bytes, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_parts_is_put_together() -> None:
    assert read(part(b"ab"), part(b""), part(b"cd", more=False)) == b"abcd"


def test_a_body_of_the_largest_size_is_read() -> None:
    assert len(read(part(b"x" * MAX_BODY, more=False))) == MAX_BODY


def test_a_body_that_says_it_is_larger_is_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read(headers=JSON | {"content-length": str(MAX_BODY + 1)})


@pytest.mark.parametrize("parts", [[b"x" * (MAX_BODY + 1)], [b"x" * MAX_BODY, b"x"]])
def test_a_body_that_turns_out_larger_is_refused(parts: list[bytes]) -> None:
    with pytest.raises(TooLarge):
        read(*map(part, parts), part(b"", more=False))


@pytest.mark.parametrize("length", ["-1", "x", "9" * 400])
def test_a_length_that_is_no_length_is_refused(length: str) -> None:
    with pytest.raises(TooLarge):
        read(part(b"{}", more=False), headers=JSON | {"content-length": length})


def test_a_body_that_does_not_come_is_given_up() -> None:
    with pytest.raises(TooSlow):
        read(part(b"{"), within_s=0.02)


def test_a_client_that_hangs_up_is_gone() -> None:
    with pytest.raises(Gone):
        read(part(b"{"), {"type": "http.disconnect"})


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=utf-8", "application/json ;x=y"]
)
def test_json_is_json_with_or_without_parameters(kind: str) -> None:
    assert read(part(b"{}", more=False), headers={"content-type": kind}) == b"{}"


@pytest.mark.parametrize(
    "headers", [{}, {"content-type": "text/plain"}, {"content-type": "application/jsonx"}]
)
def test_anything_else_is_not(headers: dict[str, str]) -> None:
    with pytest.raises(WrongType):
        read(part(b"{}", more=False), headers=headers)


def test_a_header_is_found_by_its_name() -> None:
    scope = scope_of("GET", "/", {"cookie": "a=b"})
    assert header(scope, b"cookie") == "a=b" and header(scope, b"host") == ""


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("", "zh-hans"), ("en", "en"), ("en-GB,en;q=0.9", "en"), ("zh-CN,en;q=0.8", "zh-hans"),
        ("fr, en;q=0.5", "en"), ("fr", "zh-hans"), ("*", "zh-hans"), (";;;q=", "zh-hans"),
    ],
)  # fmt: skip
def test_the_best_liked_language_of_those_there_are_is_spoken(said: str, language: str) -> None:
    assert language_of(scope_of("GET", "/", {"accept-language": said})) == language
