"""Scripts of deeds run along the life cycle of a Case."""

from random import Random

import pytest

from bihuan.drill.scripts import DONE, WEIGHTS, draw_script, late, merged, unhappy
from bihuan.spine.cases.states import MOVES, Status

pytestmark = pytest.mark.once

NEXT = {"arrive": None, "finish": None}


@pytest.mark.parametrize("script", [script for script, _ in WEIGHTS])
@pytest.mark.parametrize("seed", range(5))
def test_every_script_is_a_way_through_the_table_of_moves(script, seed: int) -> None:
    status = Status.WAITING
    for deed in script(Random(seed), DONE["power"]):
        if deed.verb in NEXT:
            continue
        if deed.verb == "answer":
            assert status == Status.HOLD
            status = Status.WORKING
            continue
        assert status in MOVES[deed.verb].sources, (deed, status)
        status = MOVES[deed.verb].target
    assert status in {Status.CLOSED, Status.RESOLVED, Status.WITHDRAWN}


def test_the_unhappy_asker_says_no_and_in_the_end_yes() -> None:
    verbs = [deed.verb for deed in unhappy(Random(1), "") if deed.who == "asker"]
    assert verbs == ["reopen", "confirm"]


def test_the_late_officer_lets_two_hours_pass() -> None:
    assert late(Random(1), "")[0].wait_min > 120


def test_a_twin_is_merged_into_the_ask_that_came_first() -> None:
    (deed,) = merged(Random(1), "first")
    assert (deed.who, deed.verb, deed.target) == ("operator", "merge", "first")


def test_every_script_is_drawn_now_and_then() -> None:
    rng = Random(1)
    drawn = {draw_script(rng, "")[0] for _ in range(2000)}
    assert drawn == {script.__name__ for script, _ in WEIGHTS}
