"""What happens to a pass after it was issued."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes import holding, reviewing
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.sealing import text_of
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_application, make_pass
from tests.spine.cases.known import World

HOUR = timedelta(hours=1)


@pytest.fixture
def issued(world: World, applied: Pass) -> Pass:
    return reviewing.approve(pass_=applied, by=world.ben)


def test_a_pass_is_suspended_and_comes_back_with_a_new_code(world: World, issued: Pass) -> None:
    halted = holding.suspend(pass_=issued, reason="misuse", by=world.sam)
    assert halted.status == Status.SUSPENDED and halted.halted_at
    back = holding.restore(pass_=halted, by=world.sam)
    assert back.status == Status.ISSUED and text_of(back) != text_of(issued)


def test_a_revoked_pass_stays_revoked(world: World, issued: Pass) -> None:
    revoked = holding.revoke(pass_=issued, reason="cloned", by=world.sam)
    assert revoked.halted_at and revoked.ended_at
    with pytest.raises(Conflict):
        holding.restore(pass_=revoked, by=world.sam)


def test_nothing_is_halted_without_a_reason_or_by_an_officer(world: World, issued: Pass) -> None:
    with pytest.raises(Refused):
        holding.revoke(pass_=issued, reason="mood", by=world.sam)
    with pytest.raises(Forbidden):
        holding.revoke(pass_=issued, reason="lost", by=world.ben)


def test_an_extended_pass_keeps_its_number_and_gets_a_new_code(world: World, issued: Pass) -> None:
    until = issued.valid_until + HOUR
    longer = holding.extend(pass_=issued, until=until, by=world.ben)
    assert (longer.number, longer.valid_until, longer.edition) == (issued.number, until, 2)
    with pytest.raises(Conflict):
        holding.extend(pass_=issued, until=until + HOUR, by=world.ida)


@pytest.mark.parametrize("more", [timedelta(0), HOUR * 49])
def test_a_pass_is_made_longer_within_the_rules(world: World, issued: Pass, more: timedelta) -> None:
    with pytest.raises(Refused):
        holding.extend(pass_=issued, until=issued.valid_until + more, by=world.ben)


def test_a_replaced_pass_ends_and_the_new_one_is_for_the_other_lorry(world: World, issued: Pass) -> None:
    new = holding.replace(pass_=issued, plate="湘B77777", plate_colour="yellow", by=world.ben)
    issued.refresh_from_db()
    assert (issued.status, new.status, new.plate) == (Status.REPLACED, Status.ISSUED, "湘B77777")
    assert new.number != issued.number and new.replaces == issued


def test_a_lost_paper_is_replaced_by_one_for_the_same_lorry(world: World, issued: Pass) -> None:
    new = holding.replace(pass_=issued, plate=issued.plate, plate_colour="yellow", by=world.ben)
    assert new.plate == issued.plate and new.is_live


def test_no_lorry_that_has_a_pass_gets_another_by_replacing(world: World, issued: Pass) -> None:
    other = make_application()
    with pytest.raises(Conflict):
        holding.replace(pass_=issued, plate=other.plate, plate_colour="yellow", by=world.ben)
    issued.refresh_from_db()
    assert issued.status == Status.ISSUED


def test_where_two_have_to_look_a_replacement_waits_for_the_second(world: World, issued: Pass) -> None:
    Desk.objects.update(needs_second=True)
    new = holding.replace(pass_=issued, plate="湘B77777", plate_colour="yellow", by=world.ben)
    assert new.status == Status.SECOND and new.number is None
    assert reviewing.approve(pass_=new, by=world.ida).number


def test_what_has_run_out_ends_by_itself_once(world: World, issued: Pass) -> None:
    suspended = make_pass(world, Status.SUSPENDED, halted_at=clock.now())
    assert holding.step() == 0
    with clock.running(lambda: issued.valid_until + HOUR):
        assert holding.step() == 2
        assert holding.step() == 0
    assert {Pass.objects.get(pk=one.pk).status for one in (issued, suspended)} == {Status.EXPIRED}


def test_an_unanswered_question_ends_the_application_after_a_day(world: World, applied: Pass) -> None:
    asked = reviewing.ask(pass_=applied, text="Which?", by=world.ben)
    with clock.running(lambda: asked.asked_at + HOUR * 23):
        assert holding.step() == 0
    with clock.running(lambda: asked.asked_at + HOUR * 24):
        assert holding.step() == 1
    assert Pass.objects.get(pk=asked.pk).status == Status.LAPSED


def test_nothing_is_replaced_once_it_has_run_out(world: World, issued: Pass) -> None:
    with clock.running(lambda: issued.valid_until), pytest.raises(Conflict):
        holding.replace(pass_=issued, plate="湘B77777", plate_colour="yellow", by=world.ben)
