"""One poll for all, nothing lost, nobody waited for."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bihuan.spine.door import live as room
from bihuan.spine.door.live import BEAT, Listener, Record, Stream, compose

pytestmark = pytest.mark.once


@dataclass
class Diary:
    """A log in memory that counts how often it is asked."""

    records: list[Record] = field(default_factory=list)
    asked: int = 0
    is_away: bool = False

    def add(self, count: int, verb: str = "opened") -> None:
        for _ in range(count):
            position = self.head_now() + 1
            self.records.append(Record(position, verb, 1000 + position, position % 3))

    def head_now(self) -> int:
        return self.records[-1].position if self.records else 0

    def head(self) -> int:
        return self.head_now()

    def after(self, position: int, limit: int) -> Sequence[Record]:
        self.asked += 1
        if self.is_away:
            raise ConnectionError
        return [record for record in self.records if record.position > position][:limit]


Story = Callable[[Stream, Diary], Awaitable[None]]


def play(story: Story, *, tick_s: float = 0.02, beat_s: float = 60, before: int = 0) -> None:
    async def run() -> None:
        diary = Diary()
        diary.add(before)
        stream = Stream(diary, tick_s=tick_s, beat_s=beat_s)
        try:
            async with asyncio.timeout(20):
                await story(stream, diary)
        finally:
            await stream.close()

    asyncio.run(run())


def read(lines: bytes) -> list[dict[str, Any]]:
    """Read the messages in what was sent; each one's id must be its position."""
    found = []
    for block in lines.decode().strip().split("\n\n"):
        parts = dict(line.split(": ", 1) for line in block.splitlines())
        found.append(json.loads(parts["data"]))
        assert int(parts["id"]) == found[-1]["position"]
    return found


async def hear(listener: Listener) -> dict[str, Any]:
    return read(await listener.next())[-1]


def test_a_listener_is_told_where_it_stands_and_then_what_happens() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        assert (await hear(listener)) == {"position": 5, "verbs": {}, "cases": [], "agencies": []}
        diary.add(2)
        assert (await hear(listener))["cases"] == [1006, 1007]

    play(story, before=5)


def test_many_events_of_one_tick_are_one_message() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        await hear(listener)
        diary.add(30)
        diary.add(10, "closed")
        found = read(await listener.next())
        assert len(found) == 1 and found[0]["verbs"] == {"opened": 30, "closed": 10}

    play(story)


def test_the_public_hears_only_how_many() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("public")
        await hear(listener)
        diary.add(3)
        assert await hear(listener) == {"position": 3, "verbs": {"opened": 3}}

    play(story)


def test_listeners_cost_no_further_question_to_the_log() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listeners = [await stream.open("desk") for _ in range(300)]
        [await hear(listener) for listener in listeners]
        diary.add(1)
        before = diary.asked
        heard = [await listener.next() for listener in listeners]
        assert len(set(heard)) == 1 and all(one is heard[0] or one == heard[0] for one in heard)
        assert diary.asked - before < 50

    play(story)


def test_who_comes_back_gets_all_that_it_missed_first() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk", after=4)
        assert (await hear(listener))["cases"] == [1005, 1006, 1007]
        diary.add(1)
        assert (await hear(listener))["cases"] == [1008]

    play(story, before=7)


def test_nothing_is_lost_or_doubled_however_often_the_line_breaks() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        async def write() -> None:
            for _ in range(200):
                diary.add(3)
                await asyncio.sleep(0.002)

        writing = asyncio.create_task(write())
        heard: list[int] = []
        position = 0
        while position < 600:
            listener = await stream.open("desk", after=position)
            for _ in range(2):
                for message in read(await listener.next()):
                    heard += message["cases"]
                    position = message["position"]
                if position >= 600:
                    break
            stream.leave(listener)
        await writing
        assert heard == [1000 + k for k in range(1, 601)]

    play(story, tick_s=0.01)


def test_many_who_come_back_at_once_ask_the_log_once() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        keeper = await stream.open("desk")
        before = diary.asked
        await asyncio.gather(*(stream.open("desk", after=10) for _ in range(100)))
        assert diary.asked - before == 1 and keeper

    play(story, tick_s=10, before=50)


def test_a_gap_is_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "PAGE", 10)

    async def story(stream: Stream, diary: Diary) -> None:
        assert len((await hear(await stream.open("desk", after=5)))["cases"]) == 30

    play(story, before=35)


@pytest.mark.parametrize("after", [0, 99_999])
def test_who_was_away_too_long_or_comes_from_the_future_must_reload(
    monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(room, "MAX_GAP", 10)

    async def story(stream: Stream, diary: Diary) -> None:
        desk, public = await stream.open("desk", after=after), await stream.open("public", after=after)
        assert await hear(desk) == {"position": 50, "verbs": {}, "cases": [], "agencies": [], "many": True}
        assert await hear(public) == {"position": 50, "verbs": {}, "many": True}

    play(story, before=50)


def test_more_cases_than_a_screen_shows_are_many() -> None:
    records = [Record(k, "opened", k, 1) for k in range(1, room.MAX_CASES + 2)]
    many = read(compose(records, len(records)).desk)[0]
    few = read(compose(records[:-1], len(records)).desk)[0]
    assert many["many"] and many["cases"] == []
    assert "many" not in few and len(few["cases"]) == room.MAX_CASES


def test_a_listener_that_does_not_listen_is_let_go_and_the_others_are_not() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        slow, quick = await stream.open("desk"), await stream.open("desk")
        for _ in range(room.QUEUE + 3):
            diary.add(1)
            await quick.next()
        while stream.listener_count == 2:
            diary.add(1)
            await quick.next()
        assert slow.is_over and await slow.next() == b"" and not quick.is_over

    play(story)


def test_a_silent_log_still_gives_a_beat() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("public")
        await listener.next()
        assert await listener.next() == BEAT

    play(story, beat_s=0.05)


def test_a_log_that_is_away_for_a_while_loses_nothing() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        await hear(listener)
        diary.is_away = True
        diary.add(3)
        await asyncio.sleep(0.1)
        diary.is_away = False
        assert (await hear(listener))["cases"] == [1001, 1002, 1003]

    play(story)


def test_who_cannot_be_told_what_it_missed_is_not_kept() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        await stream.open("desk")
        diary.is_away = True
        with pytest.raises(ConnectionError):
            await stream.open("desk", after=1)
        assert stream.listener_count == 1

    play(story, before=5, tick_s=10)


def test_nobody_listening_asks_nothing_and_the_next_begins_at_the_end() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        stream.leave(listener)
        await asyncio.sleep(0.1)
        before = diary.asked
        diary.add(5)
        await asyncio.sleep(0.1)
        assert diary.asked == before
        assert (await hear(await stream.open("desk")))["position"] == 5

    play(story)


def test_closing_ends_every_stream() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        await listener.next()
        waiting = asyncio.create_task(listener.next())
        await asyncio.sleep(0.01)
        await stream.close()
        assert await waiting == b""

    play(story)


def test_a_stream_that_ends_opens_no_more() -> None:
    async def story(stream: Stream, diary: Diary) -> None:
        listener = await stream.open("desk")
        stream.end()
        assert await listener.next() == b""
        with pytest.raises(ConnectionError):
            await stream.open("desk")

    play(story)
