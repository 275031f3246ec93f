"""The live stream on the wire."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import pytest

from bihuan.spine.door import listening as room
from bihuan.spine.door.asking import Scope
from bihuan.spine.door.listening import listen
from bihuan.spine.door.live import Stream
from tests.spine.door.test_live import Diary
from tests.spine.door.wire import scope_of

pytestmark = pytest.mark.once


class Ear:
    """A client of the stream: what it was sent, and whether it hangs up."""

    def __init__(
        self, stream: Stream, path: str, headers: dict[str, str], level: str, stuck: bool = False
    ) -> None:
        self.sent: list[dict[str, Any]] = []
        self.gone = asyncio.Event()
        self._stuck = stuck
        authorise = lambda scope: level  # noqa: E731
        self.task = asyncio.create_task(
            listen(stream, authorise, scope_of("GET", path, headers), self._receive, self._send)
        )

    async def _receive(self) -> dict[str, Any]:
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Any) -> None:
        self.sent.append(message)
        if self._stuck and len(self.sent) > 2:
            await asyncio.sleep(60)

    async def hear(self, count: int) -> list[dict[str, Any]]:
        """Wait for as many messages; return their data."""
        while len(found := self.messages()) < count:
            await asyncio.sleep(0.005)
        return found

    def messages(self) -> list[dict[str, Any]]:
        text = b"".join(one.get("body", b"") for one in self.sent).decode()
        return [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]


def play(
    story: Callable[[Ear, Stream, Diary], Awaitable[None]],
    path: str = "/live",
    level: str = "public",
    headers: dict[str, str] | None = None,
    **options: Any,
) -> None:
    async def run() -> None:
        diary = Diary()
        diary.add(5)
        stream = Stream(diary, tick_s=0.02)
        ear = Ear(stream, path, headers or {}, level, **options)
        try:
            async with asyncio.timeout(10):
                await story(ear, stream, diary)
        finally:
            ear.task.cancel()
            with suppress(asyncio.CancelledError):
                await ear.task
            await stream.close()

    asyncio.run(run())


def test_the_stream_is_one_of_events_that_no_proxy_keeps_back() -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.hear(1)
        headers = dict(ear.sent[0]["headers"])
        assert headers[b"content-type"] == b"text/event-stream" and headers[b"x-accel-buffering"] == b"no"

    play(story)


@pytest.mark.parametrize(
    ("path", "headers", "cases"),
    [
        ("/live", {}, []),
        ("/live?after=3", {}, [1004, 1005]),
        ("/live", {"last-event-id": "4"}, [1005]),
        ("/live?after=1", {"last-event-id": "4"}, [1005]),
        ("/live?after=x", {}, []),
        ("/live?after=-1", {"last-event-id": "9" * 30}, []),
    ],
)
def test_a_listener_goes_on_where_it_was(path: str, headers: dict[str, str], cases: list[int]) -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        assert (await ear.hear(1))[0]["cases"] == cases

    play(story, path, "desk", headers)


@pytest.mark.parametrize(
    ("path", "level", "is_desk"),
    [("/live", "desk", True), ("/live", "public", False), ("/live?stream=public", "desk", False)],
)
def test_staff_hear_the_desk_and_all_others_the_public_stream(path: str, level: str, is_desk: bool) -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        assert ("cases" in (await ear.hear(1))[0]) is is_desk

    play(story, path, level)


def test_who_asks_for_the_desk_without_being_staff_is_refused() -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.task
        assert ear.sent[0]["status"] == 403 and stream.listener_count == 0

    play(story, "/live?stream=desk", "public")


def test_a_client_that_hangs_up_is_forgotten() -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.hear(1)
        assert stream.listener_count == 1
        ear.gone.set()
        await ear.task
        assert stream.listener_count == 0

    play(story)


def test_a_client_that_takes_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SEND_S", 0.05)

    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.task
        assert stream.listener_count == 0

    play(story, stuck=True)


def test_too_many_listeners_are_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAX_LISTENERS", 0)

    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.task
        assert ear.sent[0]["status"] == 503

    play(story)


def test_strangers_leave_room_for_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "FOR_DESK", room.MAX_LISTENERS)

    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        await ear.task
        assert ear.sent[0]["status"] == 503

    play(story, "/live?stream=public")


def test_a_database_that_is_away_is_503() -> None:
    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        diary.is_away = True
        await ear.task
        assert ear.sent[0]["status"] == 503

    play(story, "/live?after=1")


def test_an_authority_that_cannot_answer_is_503() -> None:
    def broken(scope: Scope) -> str:
        raise ConnectionError

    async def story(ear: Ear, stream: Stream, diary: Diary) -> None:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        await listen(stream, broken, scope_of("GET", "/live"), ear._receive, send)
        assert sent[0]["status"] == 503

    play(story)
