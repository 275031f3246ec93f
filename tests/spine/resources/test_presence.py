"""Whose desk is open."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.resources.models import Presence
from bihuan.spine.resources.presence import EVERY_S, language_of, seen
from tests.spine.cases.known import NOON, World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def at(seconds: float) -> AbstractContextManager[None]:
    return clock.running(lambda: NOON + timedelta(seconds=seconds))


def test_a_person_is_written_down_once_a_minute_at_most(world: World) -> None:
    written = []
    for seconds in (0, 1, EVERY_S - 1, EVERY_S, EVERY_S + 1):
        with at(seconds):
            written.append(seen(world.ben))
    assert written == [True, False, False, True, False]
    assert Presence.objects.get().seen_at == NOON + timedelta(seconds=EVERY_S)


def test_within_the_minute_nothing_is_written(world: World) -> None:
    with at(0):
        seen(world.ben)
        with CaptureQueriesContext(connection) as queries:
            seen(world.ben)
    assert [query["sql"].partition(" ")[0] for query in queries] == ["SELECT"]


def test_the_language_of_the_desk_is_kept_and_a_program_leaves_it(world: World) -> None:
    seen(world.ben, "en")
    with clock.running(lambda: NOON + timedelta(days=900)):
        assert seen(world.ben)
    assert language_of(world.ben) == "en"


def test_another_language_is_kept_at_once(world: World) -> None:
    seen(world.ben, "en")
    assert seen(world.ben, "zh-hans")
    assert language_of(world.ben) == "zh-hans"


def test_of_whoever_never_came_there_is_no_language(world: World) -> None:
    assert language_of(world.eve) == ""
