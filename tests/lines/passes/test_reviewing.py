"""Approving, asking, declining, dealing out."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes import applying, reviewing
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.models import Message
from tests.lines.passes.known import make_application, make_pass
from tests.spine.cases.known import World


def test_an_approved_pass_has_a_number_of_its_county_and_its_applicant_is_told(
    world: World, applied: Pass
) -> None:
    issued = reviewing.approve(pass_=applied, by=world.ben)
    assert (issued.status, issued.number, issued.issued_by) == (Status.ISSUED, "430202000001", world.ben)
    assert Message.objects.get(template="pass_issued").about == applied.receipt


def test_many_are_approved_at_once_each_with_its_event(world: World, desk: Desk) -> None:
    rows = [make_application() for _ in range(5)]
    done = reviewing.approve_many(pass_ids=[row.pk for row in rows], by=world.ben)
    assert [one.pass_id for one in done] == [row.pk for row in rows]
    assert len({one.pass_.number for one in done if one.pass_}) == 5
    assert Event.objects.filter(verb="pass_issue").count() == 5


def test_what_cannot_be_approved_keeps_no_other_waiting(world: World, desk: Desk) -> None:
    good, gone = make_application(), make_application()
    applying.withdraw(pass_=gone)
    foreign = make_pass(world, agency=world.water)
    done = reviewing.approve_many(pass_ids=[gone.pk, good.pk, foreign.pk, 10**9], by=world.ben)
    assert [bool(one.pass_) for one in done] == [False, True, False, False]
    assert all(one.problem for one in done if not one.pass_)


def test_the_second_approver_is_told(world: World, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ben)
    with pytest.raises(Conflict):
        reviewing.approve(pass_=applied, by=world.ida)


def test_whoever_may_not_approves_nothing(world: World, applied: Pass) -> None:
    with pytest.raises(Forbidden):
        reviewing.approve(pass_=applied, by=world.eve)
    done = reviewing.approve_many(pass_ids=[applied.pk], by=world.eve)
    assert done[0].pass_ is None


def test_where_two_have_to_look_they_are_two(world: World, desk: Desk) -> None:
    Desk.objects.update(needs_second=True)
    row = make_application()
    assert reviewing.approve(pass_=row, by=world.ben).status == Status.SECOND
    with pytest.raises(Conflict, match="另一人"):
        reviewing.approve(pass_=row, by=world.ben)
    issued = reviewing.approve(pass_=row, by=world.ida)
    assert (issued.first_by, issued.issued_by) == (world.ben, world.ida)


def test_no_more_are_issued_in_a_day_than_the_quota(world: World, desk: Desk) -> None:
    Desk.objects.update(daily_quota=2)
    ids = [make_application().pk for _ in range(3)]
    done = reviewing.approve_many(pass_ids=ids, by=world.ben)
    assert [bool(one.pass_) for one in done] == [True, True, False]
    with clock.running(lambda: done[0].pass_.applied_at + timedelta(days=1, minutes=-30)):
        late = reviewing.approve(pass_=Pass.objects.get(pk=ids[2]), by=world.ben)
    assert late.status == Status.ISSUED


def test_a_time_that_is_over_is_not_approved(world: World, applied: Pass) -> None:
    with clock.running(lambda: applied.valid_until), pytest.raises(Conflict, match="已过"):
        reviewing.approve(pass_=applied, by=world.ben)


def test_more_than_a_page_at_once_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        reviewing.approve_many(pass_ids=range(201), by=world.ben)


def test_a_question_stops_the_clock_and_reaches_the_applicant(world: World, applied: Pass) -> None:
    asked = reviewing.ask(pass_=applied, text="Which lorry?", by=world.ben)
    assert asked.due_at is None and 10_700 < asked.left_s <= 10_800
    assert "Which lorry?" in Message.objects.get(template="pass_asked").body


@pytest.mark.parametrize("text", ["", " "])
def test_a_question_has_words(world: World, applied: Pass, text: str) -> None:
    with pytest.raises(Refused):
        reviewing.ask(pass_=applied, text=text, by=world.ben)


def test_a_pass_is_declined_with_a_reason_that_the_applicant_is_told(world: World, applied: Pass) -> None:
    with pytest.raises(Refused):
        reviewing.decline(pass_=applied, reason="", by=world.ben)
    declined = reviewing.decline(pass_=applied, reason="papers", by=world.ben, text="no bill of lading")
    assert (declined.status, declined.reason) == (Status.DECLINED, "papers")
    assert "no bill of lading" in Message.objects.get(template="pass_declined").body


def test_two_reviewers_are_not_dealt_the_same(world: World, desk: Desk) -> None:
    ids = [make_application().pk for _ in range(3)]
    assert reviewing.deal(pass_ids=ids[:2], by=world.ben) == 2
    assert reviewing.deal(pass_ids=ids, by=world.ida) == 1
    later = clock.now() + timedelta(minutes=16)
    with clock.running(lambda: later):
        assert reviewing.deal(pass_ids=ids, by=world.ida) == 3
