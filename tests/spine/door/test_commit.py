"""Many requests, one commit; nothing acknowledged that is not kept."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest

from bihuan.kernel.errors import Busy
from bihuan.spine.door import commit as room
from bihuan.spine.door.commit import GroupCommit
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.intake import Row, take_in
from bihuan.spine.door.store import Saved
from tests.spine.door.wire import Shelf

pytestmark = pytest.mark.once
Story = Callable[[GroupCommit, Shelf], Awaitable[None]]


def row(client_id: str) -> Row:
    return take_in({"client_id": client_id}, {}, datetime(2026, 1, 31, tzinfo=UTC)).row


def play(story: Story, **limits: int) -> Shelf:
    """Run a story with a started commit over a shelf, and close it."""
    shelf = Shelf()

    async def run() -> None:
        commit = GroupCommit(lambda: shelf, **limits)
        commit.start()
        await story(commit, shelf)
        shelf.gate.set()
        await asyncio.wait_for(commit.close(), 10)

    asyncio.run(run())
    return shelf


async def together(*calls: Coroutine[Any, Any, Saved]) -> list[Any]:
    return await asyncio.gather(*calls, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


def test_requests_that_arrive_during_a_commit_share_the_next() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        first = asyncio.create_task(commit.save(row("first")))
        await asyncio.sleep(0.02)
        others = [asyncio.create_task(commit.save(row(f"r{k}"))) for k in range(30)]
        await asyncio.sleep(0.02)
        assert not first.done() and commit.waiting_count == 31
        shelf.gate.set()
        assert all(saved.is_new for saved in await asyncio.gather(first, *others))

    assert play(story).batches == [1, 30]


def test_requests_of_the_same_moment_share_the_first() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        await together(*(commit.save(row(f"r{k}")) for k in range(30)))

    assert play(story).batches == [30]


def test_two_equal_client_ids_at_once_get_one_receipt() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        one, two = await together(commit.save(row("a")), commit.save(row("a")))
        assert one.receipt == two.receipt and sorted([one.is_new, two.is_new]) == [False, True]

    assert len(play(story).kept) == 1


def test_more_than_may_wait_is_refused_and_what_waits_is_kept() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        first = asyncio.create_task(commit.save(row("first")))
        await asyncio.sleep(0.02)
        waiting = [asyncio.create_task(commit.save(row(f"r{k}"))) for k in range(5)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await commit.save(row("too-many"))
        shelf.gate.set()
        await asyncio.gather(first, *waiting)
        assert (await commit.save(row("later"))).is_new

    assert len(play(story, max_waiting=5).kept) == 7


def test_more_bytes_than_may_wait_are_refused_until_there_is_room() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        first = asyncio.create_task(commit.save(row("a"), 60))
        await asyncio.sleep(0.02)
        with pytest.raises(Busy):
            await commit.save(row("b"), 60)
        shelf.gate.set()
        await first
        assert (await commit.save(row("b"), 60)).is_new

    play(story, max_bytes=100)


def test_one_row_that_cannot_be_kept_does_not_take_the_others_along() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.spoilt = "r2"
        found = await together(*(commit.save(row(f"r{k}")) for k in range(5)))
        assert [type(one) for one in found] == [Saved, Saved, Unfit, Saved, Saved]

    assert set(play(story).kept) == {"r0", "r1", "r3", "r4"}


def test_a_database_that_is_away_makes_everybody_busy_and_comes_back_by_itself() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.is_away = True
        found = await together(*(commit.save(row(f"r{k}")) for k in range(5)))
        assert all(isinstance(one, Busy) and one.retry_after_s >= 1 for one in found)
        with pytest.raises(Busy):
            await commit.save(row("meanwhile"))
        assert not await commit.check()
        await until(lambda: len(shelf.batches) > 3)
        shelf.is_away = False
        await until(lambda: not commit._delay_s)
        assert await commit.check() and (await commit.save(row("r0"))).is_new

    assert set(play(story).kept) == {"r0"}


def test_the_pauses_between_trials_grow_to_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "FIRST_DELAY_S", 0.01)
    monkeypatch.setattr(room, "LAST_DELAY_S", 0.04)
    seen: list[float] = []

    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.is_away = True
        with suppress(Busy):
            await commit.save(row("a"))
        while len(shelf.batches) < 6:
            seen.append(commit._delay_s)
            await asyncio.sleep(0.001)

    play(story)
    assert [delay for k, delay in enumerate(seen) if k == 0 or seen[k - 1] != delay] == [0.01, 0.02, 0.04]


def test_those_who_waited_behind_a_failed_commit_are_told_too() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        shelf.is_away = True
        first = asyncio.create_task(commit.save(row("first")))
        await asyncio.sleep(0.02)
        second = asyncio.create_task(commit.save(row("second")))
        await asyncio.sleep(0.02)
        shelf.gate.set()
        assert all(
            isinstance(one, Busy) for one in await asyncio.gather(first, second, return_exceptions=True)
        )

    play(story)


def test_a_client_that_goes_away_leaves_its_row_and_the_others_their_answers() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        gone, stays = (asyncio.create_task(commit.save(row(name))) for name in ("gone", "stays"))
        await asyncio.sleep(0.02)
        gone.cancel()
        shelf.gate.set()
        assert (await stays).is_new

    assert set(play(story).kept) == {"gone", "stays"}


def test_closing_keeps_what_waits_and_refuses_what_is_new() -> None:
    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        waiting = [asyncio.create_task(commit.save(row(f"r{k}"))) for k in range(4)]
        await asyncio.sleep(0.02)
        waiting += [asyncio.create_task(commit.save(row(f"s{k}"))) for k in range(4)]
        await asyncio.sleep(0)
        closing = asyncio.create_task(commit.close())
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await commit.save(row("late"))
        shelf.gate.set()
        await closing
        assert all(task.result().is_new for task in waiting)
        commit.start()  # for the end of the play

    assert len(play(story).kept) == 8


def test_a_writer_that_hangs_is_not_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CHECK_S", 0.05)

    async def story(commit: GroupCommit, shelf: Shelf) -> None:
        shelf.gate.clear()
        assert not await commit.check()
        shelf.gate.set()
        assert await commit.check()

    play(story)
