"""Results of a printed list: each row once, and never over what happened meanwhile."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Assignment, Note
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.models import Row
from bihuan.spine.paper.printing import print_building, print_shift
from bihuan.spine.paper.ticking import meanwhile, tick
from tests.spine.cases.known import World
from tests.spine.paper.known import ask_at, make_site, send

VISIT = Opening("visit")


@pytest.fixture
def row(world: World) -> Row:
    send(ask_at(world, "3栋101", status="working"), team=world.team)
    now = clock.now()
    until = now + timedelta(hours=8)
    sheet = print_shift(by=world.ben, team=world.team, from_at=now, until_at=until, opening=VISIT).sheet
    return sheet.rows.get()


def test_done_finishes_the_task(world: World, row: Row) -> None:
    kept = tick(by=world.ben, row=row, result="done")
    assert (kept.is_late, kept.entered_by) == (False, world.ben)
    assert Assignment.objects.get().status == "done"
    assert Event.objects.get(verb="paper_result").detail == {"row": 1, "result": "done"}


def test_nobody_met_becomes_a_note_and_the_task_goes_on(world: World, row: Row) -> None:
    tick(by=world.ben, row=row, result="not_met", why="rang twice")
    assert Assignment.objects.get().status == "sent"
    assert "rang twice" in Note.objects.get().text


def test_what_happened_meanwhile_is_shown_and_not_overwritten(world: World, row: Row) -> None:
    actions.cancel(assignment=Assignment.objects.get(), by=world.ben)
    row.refresh_from_db()
    kept = tick(by=world.ben, row=row, result="done")
    assert kept.is_late and meanwhile(kept).startswith(str(Assignment.objects.get().get_status_display()))
    assert Assignment.objects.get().status == "cancelled"
    assert not Note.objects.exists()


def test_of_two_who_enter_a_row_the_second_is_told_who_was_first(world: World, row: Row) -> None:
    tick(by=world.ben, row=row, result="not_met")
    with pytest.raises(Conflict, match="Ben"):
        tick(by=world.ida, row=row, result="done")
    assert Row.objects.get().result == "not_met"
    assert Assignment.objects.get().status == "sent"


@pytest.mark.parametrize(("result", "field"), [("", "result"), ("maybe", "result"), ("not_done", "why")])
def test_a_row_needs_a_result_and_what_was_not_done_a_reason(
    world: World, row: Row, result: str, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        tick(by=world.ben, row=row, result=result)
    assert refused.value.field == field


def test_others_enter_nothing(world: World, row: Row) -> None:
    with pytest.raises(Refused):
        tick(by=world.eve, row=row, result="done")
    with pytest.raises(Forbidden):
        tick(by=world.max, row=row, result="done")
    assert Row.objects.get().result == ""


def test_a_row_of_a_building_becomes_a_note(world: World) -> None:
    ask_at(world, "3栋101")
    sheet = print_building(by=world.ben, site=make_site(), building="3", opening=VISIT).sheet
    tick(by=world.ben, row=sheet.rows.get(), result="done")
    assert Note.objects.get().kind == "internal"
