"""What goes back over the wire."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bihuan.kernel.errors import Busy, Refused
from bihuan.spine.door import answering
from bihuan.spine.door.asking import Scope, Send, TooLarge
from bihuan.spine.door.faults import Fault, Unfit
from bihuan.spine.door.store import Saved
from tests.spine.door.wire import Reply, ask

pytestmark = pytest.mark.once


def reply(say: Callable[[Scope, Send], Awaitable[None]], language: str = "en") -> Reply:
    async def app(scope: Scope, receive: Any, send: Send) -> None:
        await say(scope, send)

    return asyncio.run(ask(app, "GET", "/", headers={"accept-language": language}))


def refused(refusal: Refused, language: str = "en") -> Reply:
    return reply(lambda scope, send: answering.answer_refused(scope, send, refusal), language)


def test_a_new_receipt_is_201_and_a_repeated_one_200() -> None:
    new = reply(lambda _, send: answering.answer_saved(send, Saved("482109375526", True), ""))
    again = reply(lambda _, send: answering.answer_saved(send, Saved("482109375526", False), ""))
    assert (new.status, again.status) == (201, 200)
    assert new.json() == again.json() == {"receipt": "482109375526", "status_url": "/r/482109375526/"}


def test_a_word_of_danger_adds_the_number() -> None:
    found = reply(lambda _, send: answering.answer_saved(send, Saved("482109375526", True), "120"))
    assert found.json()["emergency"] == "120"


def test_a_refusal_is_a_problem_that_names_the_fields() -> None:
    found = refused(Unfit([Fault("phone", "phone"), Fault("lat", "position")]))
    assert found.status == found.json()["status"] == 422
    assert found.headers["content-type"] == "application/problem+json"
    assert found.fields() == ["phone", "lat"]
    assert {"type", "title", "detail"} <= set(found.json())


def test_a_problem_is_told_in_the_askers_language() -> None:
    unfit = Unfit([Fault("body", "json")])
    assert refused(unfit, "en").json()["detail"].isascii()
    assert not refused(unfit, "zh-CN").json()["detail"].isascii()
    assert refused(unfit, "zh-CN").headers["content-language"] == "zh-hans"


def test_busy_says_when_to_come_again() -> None:
    found = refused(Busy("Not now.", retry_after_s=7))
    assert (found.status, found.headers["retry-after"]) == (503, "7")


def test_what_was_not_read_to_its_end_closes_the_connection() -> None:
    assert refused(TooLarge("Too large.")).headers["connection"] == "close"


def test_a_wrong_method_names_the_right_one() -> None:
    found = reply(lambda scope, send: answering.answer_method(scope, send, "POST"))
    assert (found.status, found.headers["allow"]) == (405, "POST") and "POST" in found.json()["detail"]


def test_nothing_here_is_404() -> None:
    assert reply(answering.answer_not_found).status == 404
