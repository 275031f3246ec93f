"""``channel_drill`` from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from bihuan.spine.messages.models import Drill
from tests.spine.cases.known import World, make_world
from tests.spine.cases.test_drilling import on_duty


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("channel_drill", *arguments, stdout=out)
    return out.getvalue()


def test_a_drill_is_started_and_says_whom_it_called(world: World) -> None:
    on_duty(world.ben, world.grid)
    assert "1 called (screen 1)" in _run("sam", "--agency", "grid", "--minutes", "3")
    assert Drill.objects.get().window_min == 3


@pytest.mark.parametrize(
    "arguments",
    [["nobody"], ["sam", "--agency", "nowhere"], ["sam", "--agency", "water"], ["sam", "--agency", "grid"]],
)
def test_what_can_not_be_is_said_and_nothing_is_sent(world: World, arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        _run(*arguments)
    assert not Drill.objects.exists()
