"""Who may do what now, in words."""

import pytest
from django.utils import translation

from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.cases import rights
from bihuan.spine.cases.states import MOVES, UNDONE, Status
from tests.spine.cases.known import World, make_case


def test_a_missing_permission_is_named(world: World) -> None:
    with translation.override("en"):
        assert "Transfer, decline" in rights.why_not_permitted(make_case(world), "decline", world.ben)


def test_the_system_may_make_every_move(world: World) -> None:
    case = make_case(world)
    assert not any(rights.why_not_permitted(case, verb, SYSTEM) for verb in MOVES)


def test_the_asker_may_make_the_askers_moves_only(world: World) -> None:
    case = make_case(world)
    free = {verb for verb in MOVES if not rights.why_not_permitted(case, verb, ASKER)}
    assert free == {"answer", "confirm", "reopen", "withdraw"}


def test_more_than_five_open_children_are_not_all_listed(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    children = [make_case(world, Status.WORKING, parent=parent, askers=0) for _ in range(7)]
    with translation.override("en"):
        said = rights.why_not_now(parent, "resolve")
    assert f"No. {children[0].pk}" in said
    assert f"No. {children[6].pk}" not in said
    assert "…" in said


@pytest.mark.parametrize("status", sorted(set(Status) - UNDONE - {Status.MERGED}))
def test_a_child_that_is_done_holds_nothing_up(world: World, status: Status) -> None:
    parent = make_case(world, Status.WORKING)
    make_case(world, status, parent=parent, askers=0)
    assert rights.why_not_now(parent, "resolve") == ""


def test_a_commander_steers_any_case_but_works_on_none(world: World) -> None:
    case = make_case(world)
    assert rights.why_not_permitted(case, "transfer", world.max) == ""
    assert rights.why_not_permitted(case, "accept", world.max) != ""
