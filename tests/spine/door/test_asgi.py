"""The door as an application, over a shelf instead of a database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bihuan.kernel.ids import is_receipt
from bihuan.spine.door.asgi import make_app
from bihuan.spine.door.asking import App, Receive, Scope, Send
from bihuan.spine.door.commit import GroupCommit
from bihuan.spine.door.needs import Needs, Services
from tests.spine.door.wire import Shelf, alive, ask, post

pytestmark = pytest.mark.once
SERVICES: Services = {"medicine": Needs(frozenset({"phone"}), danger_words=("昏迷",), emergency_number="120")}


def play(story: Callable[[App, Shelf], Awaitable[None]], **options: Any) -> Shelf:
    """Run a story with a living door."""
    shelf = Shelf()

    async def run() -> None:
        async with alive(make_app(lambda: shelf, source=lambda: SERVICES, **options)) as app:
            await story(app, shelf)

    asyncio.run(run())
    return shelf


def test_an_ask_gets_a_receipt_and_the_same_ask_again_the_same() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        first, again = (
            await post(app, {"client_id": "a"}),
            await post(app, {"client_id": "a", "text": "again"}),
        )
        assert (first.status, again.status) == (201, 200) and first.json() == again.json()
        assert is_receipt(first.json()["receipt"])

    assert len(play(story).kept) == 1


def test_two_equal_asks_at_once_make_one_row() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        found = await asyncio.gather(*(post(app, {"client_id": "a"}) for _ in range(20)))
        assert sorted(one.status for one in found) == [200] * 19 + [201]
        assert len({one.json()["receipt"] for one in found}) == 1

    assert len(play(story).kept) == 1


def test_no_answer_comes_before_the_row_is_durable() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        shelf.gate.clear()
        asking = asyncio.create_task(post(app, {"client_id": "a"}))
        await asyncio.sleep(0.05)
        assert not asking.done()
        shelf.gate.set()
        assert (await asking).status == 201

    play(story)


def test_what_the_service_needs_is_asked_for() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        found = await post(app, {"client_id": "a", "service": "medicine"})
        assert (found.status, found.fields()) == (422, ["phone"])
        assert (await post(app, {"client_id": "a", "service": "magic"})).fields() == ["service"]

    assert play(story).kept == {}


def test_a_word_of_danger_shows_the_number_and_the_ask_is_kept_all_the_same() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        body = {"client_id": "a", "service": "medicine", "phone": "19900001234", "text": "他昏迷了"}
        assert (await post(app, body)).json()["emergency"] == "120"

    assert set(play(story).kept) == {"a"}


@pytest.mark.parametrize(
    ("body", "status"), [(b"{", 400), (b"\xff", 400), (b"[]", 400), (b'{"client_id": 1}', 422), (b"{}", 422)]
)
def test_a_malformed_body_is_a_problem(body: bytes, status: int) -> None:
    async def story(app: App, shelf: Shelf) -> None:
        found = await post(app, body)
        assert found.status == status and found.json()["errors"]

    play(story)


@pytest.mark.parametrize(
    ("method", "path", "status", "allowed"),
    [
        ("GET", "/door/api", 405, "POST"), ("PUT", "/door/api", 405, "POST"), ("POST", "/live", 405, "GET"),
        ("POST", "/door/healthz", 405, "GET, HEAD"), ("GET", "/door/", 404, None), ("GET", "/", 404, None),
    ],
)  # fmt: skip
def test_other_methods_and_addresses_are_told_so(method: str, path: str, status: int, allowed: str) -> None:
    async def story(app: App, shelf: Shelf) -> None:
        found = await ask(app, method, path)
        assert (found.status, found.headers.get("allow")) == (status, allowed)

    play(story)


def test_what_is_not_json_is_415_and_what_is_too_large_413() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        assert (await ask(app, "POST", "/door/api", [b"{}"], {"content-type": "text/plain"})).status == 415
        assert (await post(app, {"client_id": "a", "text": "x" * 70_000})).status == 413

    play(story)


def test_a_full_queue_is_503_with_retry_after() -> None:
    shelf = Shelf()

    async def story(app: App, unused: Shelf) -> None:
        shelf.gate.clear()
        first = asyncio.create_task(post(app, {"client_id": "a"}))
        await asyncio.sleep(0.02)
        second = asyncio.create_task(post(app, {"client_id": "b"}))
        await asyncio.sleep(0.02)
        refused = await post(app, {"client_id": "c"})
        assert refused.status == 503 and int(refused.headers["retry-after"]) >= 1
        shelf.gate.set()
        assert [(await one).status for one in (first, second)] == [201, 201]

    async def in_loop() -> None:
        commit = GroupCommit(lambda: shelf, max_waiting=1)
        async with alive(make_app(source=lambda: SERVICES, commit=commit)) as app:
            await story(app, shelf)

    asyncio.run(in_loop())
    assert set(shelf.kept) == {"a", "b"}


def test_health_says_whether_the_database_takes_writes() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        well = await ask(app, "GET", "/door/healthz")
        assert (well.status, well.json()["database"], well.json()["waiting"]) == (200, "up", 0)
        shelf.is_away = True
        ill = await ask(app, "GET", "/door/healthz")
        assert (ill.status, ill.json()["database"]) == (503, "down")
        assert (await post(app, {"client_id": "a"})).status == 503

    play(story)


def test_a_door_that_does_not_know_the_needs_takes_nothing_in() -> None:
    def source() -> Services:
        raise ConnectionError

    async def run() -> None:
        async with alive(make_app(Shelf, source=source)) as app:
            assert (await post(app, {"client_id": "a"})).status == 503
            assert (await ask(app, "GET", "/door/healthz")).status == 503

    asyncio.run(run())


def test_a_client_that_hangs_up_while_sending_leaves_nothing() -> None:
    async def story(app: App, shelf: Shelf) -> None:
        async def gone() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        with pytest.raises(IndexError):  # no answer was sent
            await ask(app, "POST", "/door/api", headers={"content-type": "application/json"}, receive=gone)

    assert play(story).kept == {}


def test_other_addresses_go_to_the_pages_where_there_are_some() -> None:
    async def pages(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 418, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def story(app: App, shelf: Shelf) -> None:
        assert (await ask(app, "GET", "/board/")).status == 418

    play(story, pages=pages)
