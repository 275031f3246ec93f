"""The forecast of a queue in words and bars."""

import pytest

from bihuan.faces.desk import outlooks
from bihuan.spine.cases.surge import forecast, loads
from bihuan.spine.cases.surge.forecast import Load
from tests.spine.cases.known import NOON, World

HOURS = 24 * 7
SLOTS = forecast.SLOTS


def seen_of(load: Load, world: World, monkeypatch: pytest.MonkeyPatch) -> outlooks.Seen:
    monkeypatch.setattr(loads, "load_of", lambda user: (load, NOON))
    seen = outlooks.of_user(world.ben)
    assert seen is not None
    return seen


def test_nothing_is_said_before_the_worker_has_counted(world: World) -> None:
    assert outlooks.of_user(world.ben) is None


def test_an_empty_queue_is_well_and_draws_no_height(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    load = Load([0] * HOURS, [0] * HOURS, [0] * SLOTS, 0, 60.0, 0)
    seen = seen_of(load, world, monkeypatch)
    assert (seen.tone, seen.more) == ("ok", "")
    assert {bar.height for bar in seen.bars} <= {0}


def test_a_queue_that_nobody_works_becomes_late(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    load = Load([0] * HOURS, [0] * HOURS, [30] + [0] * (SLOTS - 1), 0, 60.0, 0)
    seen = seen_of(load, world, monkeypatch)
    assert seen.tone == "late"
    assert seen.more
    assert any(bar.is_late for bar in seen.bars)
    assert max(bar.height for bar in seen.bars) == outlooks.HIGH
    assert all(bar.y + bar.height == outlooks.HIGH for bar in seen.bars)
