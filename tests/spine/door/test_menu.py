"""What the services need, read again and again."""

import asyncio
from collections.abc import Callable

import pytest

from bihuan.spine.door import menu as room
from bihuan.spine.door.menu import Menu
from bihuan.spine.door.needs import Needs, Services

pytestmark = pytest.mark.once


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


def test_what_changes_is_known_a_little_later() -> None:
    services: dict[str, Needs] = {}

    async def story() -> None:
        menu = Menu(lambda: dict(services), fresh_s=0.01)
        await menu.start()
        assert menu.services == {}
        services["medicine"] = Needs()
        await until(lambda: bool(menu.services))
        await menu.close()

    asyncio.run(story())


def test_a_database_that_is_away_at_the_start_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "RETRY_S", 0.01)
    left = [ConnectionError(), ConnectionError()]

    def source() -> Services:
        if left:
            raise left.pop()
        return {}

    async def story() -> None:
        menu = Menu(source)
        await menu.start()
        assert menu.services is None
        await until(lambda: menu.services is not None)
        await menu.close()

    asyncio.run(story())


def test_what_was_known_stays_while_the_database_is_away() -> None:
    answers: list[Services] = [{"medicine": Needs()}]

    async def story() -> None:
        menu = Menu(answers.pop, fresh_s=0.01)  # an empty list raises
        await menu.start()
        await asyncio.sleep(0.05)
        assert menu.services is not None and "medicine" in menu.services
        await menu.close()

    asyncio.run(story())
