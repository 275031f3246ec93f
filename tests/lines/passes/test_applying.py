"""Applying, answering, taking back."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.lines.passes import applying, reviewing
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.models import Event
from tests.lines.passes.known import make_application, make_draft
from tests.spine.cases.known import World

ID = "form-of-ana"


def test_an_application_gets_a_receipt_and_an_event_without_personal_data(applied: Pass) -> None:
    assert applied.status == Status.APPLIED and len(applied.receipt) == 12 and applied.number is None
    event = Event.objects.get(verb="pass_apply")
    assert event.detail == {"goods": "medical", "channel": "portal"}


def test_the_same_form_twice_is_one_application(desk: Desk) -> None:
    draft = make_draft()
    one, again = (applying.apply(draft=draft, client_id=ID) for _ in range(2))
    assert one == again and Pass.objects.count() == 1


def test_a_forms_id_tells_nothing_to_somebody_else(desk: Desk) -> None:
    applying.apply(draft=make_draft(), client_id=ID)
    with pytest.raises(Conflict):
        applying.apply(draft=make_draft(phone="19900001111"), client_id=ID)


@pytest.mark.parametrize("client_id", ["", "short", "x" * 65])
def test_a_form_has_an_id_of_its_own(desk: Desk, client_id: str) -> None:
    with pytest.raises(Refused):
        applying.apply(draft=make_draft(), client_id=client_id)


def test_the_second_for_a_vehicle_on_a_route_is_told_that_there_is_one(desk: Desk, applied: Pass) -> None:
    with pytest.raises(Conflict, match=applied.receipt[-4:]) as conflict:
        make_application(plate=applied.plate)
    assert applied.receipt not in conflict.value.message
    assert make_application(plate=applied.plate, destination_code="430105").is_open


def test_a_pass_that_has_run_out_makes_room(world: World, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ben)
    later = applied.valid_until + timedelta(minutes=1)
    with clock.running(lambda: later):
        new = make_application(plate=applied.plate)
    applied.refresh_from_db()
    assert (applied.status, new.status) == (Status.EXPIRED, Status.APPLIED)


def test_an_answer_goes_on_with_the_time_that_was_left(world: World, applied: Pass) -> None:
    asked_at, answered_at = (applied.applied_at + timedelta(minutes=m) for m in (60, 600))
    with clock.running(lambda: asked_at):
        asked = reviewing.ask(pass_=applied, text="Which lorry?", by=world.ben)
    with clock.running(lambda: answered_at):
        back = applying.answer(pass_=asked, text="The long one")
    assert back.status == Status.APPLIED
    assert abs(back.due_at - (answered_at + timedelta(minutes=120))) < timedelta(seconds=2)


def test_an_empty_answer_is_none(world: World, applied: Pass) -> None:
    asked = reviewing.ask(pass_=applied, text="Which lorry?", by=world.ben)
    with pytest.raises(Refused):
        applying.answer(pass_=asked, text=" ")


def test_what_was_issued_is_not_taken_back(world: World, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ben)
    with pytest.raises(Conflict):
        applying.withdraw(pass_=applied)


def test_what_is_taken_back_makes_room(applied: Pass) -> None:
    assert applying.withdraw(pass_=applied).status == Status.WITHDRAWN
    assert make_application(plate=applied.plate).is_open
