"""Pages get a request only when all of it is there."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bihuan.config import door
from bihuan.config.door import with_whole_body
from tests.spine.door.wire import scope_of

pytestmark = pytest.mark.once


def pieces(*parts: bytes) -> list[dict[str, Any]]:
    last = len(parts) - 1
    return [{"type": "http.request", "body": part, "more_body": at < last} for at, part in enumerate(parts)]


def ask(messages: list[dict[str, Any]], limit: int = 100) -> tuple[list[bytes], list[dict[str, Any]]]:
    """Send messages, then nothing more; give what the pages heard and what was answered."""
    heard: list[bytes] = []
    sent: list[dict[str, Any]] = []

    async def pages(scope: Any, receive: Any, send: Any) -> None:
        heard.append((await receive())["body"])

    async def receive() -> dict[str, Any]:
        if not messages:
            await asyncio.sleep(60)
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    whole = with_whole_body(pages, limit)(scope_of("POST", "/ask/food/"), receive, send)
    with ThreadPoolExecutor(1) as thread:  # where a browser is driven, this thread has a loop already
        thread.submit(asyncio.run, whole).result()
    return heard, sent


def test_a_body_in_pieces_arrives_whole() -> None:
    assert ask(pieces(b"a=1", b"&b=2")) == ([b"a=1&b=2"], [])


def test_a_body_that_never_ends_reaches_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "BODY_S", 0.05)
    heard, sent = ask(pieces(b"a=1", b"")[:1])
    assert (heard, sent[0]["status"]) == ([], 408)


def test_a_body_that_is_too_large_reaches_no_page() -> None:
    heard, sent = ask(pieces(b"x" * 60, b"x" * 60))
    assert (heard, sent[0]["status"]) == ([], 413)


def test_who_hangs_up_reaches_no_page() -> None:
    assert ask([*pieces(b"a=1", b"")[:1], {"type": "http.disconnect"}]) == ([], [])


def test_more_than_can_be_held_waits_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "HELD_BYTES", -1)
    heard, sent = ask(pieces(b"a=1"))
    assert (heard, sent[0]["status"]) == ([], 503)
