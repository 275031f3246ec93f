"""The joint check: in by itself or by somebody's word, out by a decision that holds."""

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Agency
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import (
    Assignment,
    Case,
    Fallback,
    JointCheck,
    JointReason,
    Task,
)
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.inbox import about
from bihuan.spine.messages.models import Message
from bihuan.spine.resources.models import Duty
from tests.spine.cases.known import World, make_case
from tests.spine.cases.ladder.desk import at, begun, rota, shift, told


def returned_twice(world: World) -> Case:
    case = begun(world)
    with clock.running(at(1)):
        case = actions.return_to_triage(case=case, by=world.ben, reason="not ours")
        case = actions.assign(case=case, agency=world.water, by=world.olga)
    with clock.running(at(2)):
        return actions.return_to_triage(case=case, by=world.eve, reason="not ours either")


def test_a_case_returned_once_only_goes_back_to_triage(world: World) -> None:
    case = actions.return_to_triage(case=begun(world), by=world.ben, reason="not ours")
    assert case.joint_since is None


def test_a_case_returned_twice_goes_to_the_joint_check_by_itself(world: World) -> None:
    rota(world)
    case = returned_twice(world)
    check = JointCheck.objects.get()
    assert (case.status, case.agency, case.joint_since) == (Status.RETURNED, None, at(2)())
    assert (check.case_id, check.reason) == (case.pk, JointReason.RETURNED)
    assert told(world.max) == 1


def test_the_fallback_owner_is_the_districts_and_else_the_citys(world: World) -> None:
    Fallback.objects.create(agency=world.city)
    returned_twice(world)
    assert JointCheck.objects.get().fallback == world.city


def test_triage_can_not_hand_it_out_a_third_time(world: World) -> None:
    case = returned_twice(world)
    with pytest.raises(Refused) as refused:
        actions.assign(case=case, agency=world.grid, by=world.olga)
    assert refused.value.code == "assign"


def test_a_supervisor_or_commander_refers_a_case_and_an_officer_does_not(world: World) -> None:
    case = begun(world)
    with pytest.raises(Forbidden):
        actions.refer(case=case, by=world.ben, reason="whose?")
    case = actions.refer(case=case, by=world.sam, reason="whose?")
    assert JointCheck.objects.get().reason == JointReason.ASKED
    assert case.status == Status.WAITING
    with pytest.raises(Refused):
        actions.refer(case=case, by=world.sam, reason="again")


def test_a_decision_gives_the_case_to_an_agency_and_tells_it_and_the_asker(world: World) -> None:
    rota(world)
    shift(world.water, world.eve)
    case = returned_twice(world)
    with clock.running(at(3)):
        case = actions.decide(case=case, agency=world.water, by=world.max, reason="the pipe is yours")
    assert (case.status, case.agency, case.joint_since, case.officer) == (
        Status.WAITING,
        world.water,
        None,
        None,
    )
    check = JointCheck.objects.get()
    assert (check.ended_at, check.ended_by, check.decided_for) == (at(3)(), world.max, world.water)
    assert "the pipe is yours" in Message.objects.get(about=about(world.eve)).body
    assert Message.objects.filter(template="decide", about=case.askers.get().submission.receipt).exists()
    event = Event.objects.get(verb="decide")
    assert (event.detail["to"], event.detail["set"]["status"]) == (world.water.pk, "waiting")


def test_after_the_decision_the_agency_can_not_return_it(world: World) -> None:
    case = actions.decide(case=returned_twice(world), agency=world.grid, by=world.max, reason="yours")
    with pytest.raises(Refused) as refused:
        actions.return_to_triage(case=case, by=world.ben, reason="no")
    assert world.grid.name in refused.value.message


def test_another_agency_that_gets_it_later_may_return_it(world: World) -> None:
    case = actions.decide(case=returned_twice(world), agency=world.grid, by=world.max, reason="yours")
    case = actions.transfer(case=case, agency=world.water, by=world.max, reason="after all")
    case = actions.return_to_triage(case=case, by=world.eve, reason="no")
    assert case.returned_count == 3


def test_where_it_is_in_the_right_hands_the_work_goes_on(world: World) -> None:
    case = actions.accept(case=begun(world), by=world.ben)
    task = actions.add_task(case=case, title="mend", by=world.ben)
    actions.dispatch(task=task, by=world.ben, team=world.team)
    case = actions.refer(case=Case.objects.get(pk=case.pk), by=world.max, reason="whose?")
    case = actions.decide(case=case, agency=world.grid, by=world.max, reason="go on")
    assert (case.status, case.officer) == (Status.WORKING, world.ben)
    assert Assignment.objects.get().status == "sent"
    assert not Message.objects.filter(template="decide").exists()


def test_a_decision_for_another_calls_back_who_is_under_way_and_ends_the_pause(world: World) -> None:
    case = actions.accept(case=begun(world), by=world.ben)
    task = actions.add_task(case=case, title="mend", by=world.ben)
    actions.dispatch(task=task, by=world.ben, team=world.team)
    case = actions.refer(case=Case.objects.get(pk=case.pk), by=world.max, reason="whose?")
    actions.decide(case=case, agency=world.water, by=world.max, reason="yours")
    assert Assignment.objects.get().status == "cancelled"
    assert Task.objects.get().status == "cancelled"


def test_nothing_is_decided_that_does_not_lie_there(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.decide(case=begun(world), agency=world.water, by=world.max, reason="x")
    assert refused.value.code == "decide"


def test_a_decision_wants_words_a_service_and_an_open_agency(world: World) -> None:
    case = returned_twice(world)
    with pytest.raises(Refused):
        actions.decide(case=case, agency=world.grid, by=world.max, reason=" ")
    closed = Agency.objects.get(pk=world.water.pk)
    closed.is_active = False
    with pytest.raises(Refused):
        actions.decide(case=case, agency=closed, by=world.max, reason="x")


@pytest.mark.parametrize("how", ["decline", "withdraw"])
def test_a_case_that_ends_leaves_the_joint_check(world: World, how: str) -> None:
    case = returned_twice(world)
    said = {"reason": "no"} if how == "decline" else {}
    ended = getattr(actions, how)(case=case, by=SYSTEM, **said)
    assert ended.joint_since is None
    assert JointCheck.objects.get().ended_at is not None


def test_a_case_that_is_done_leaves_the_joint_check(world: World) -> None:
    case = actions.accept(case=begun(world), by=world.ben)
    case = actions.refer(case=case, by=world.max, reason="whose?")
    case = actions.resolve(case=case, by=world.ben, reply="done")
    assert case.joint_since is None


def test_the_fallback_owners_supervisor_sees_and_decides_what_nobody_owns(world: World) -> None:
    Fallback.objects.create(agency=world.crew)
    case = returned_twice(world)
    assert [found for found, _ in queries.list_joint(world.sam)] == [case]
    assert queries.access_case(world.sam, case.pk) == case
    decided = actions.decide(case=case, agency=world.crew, by=world.sam, reason="we take it")
    assert decided.agency == world.crew


def test_nobody_else_sees_it_for_that(world: World) -> None:
    Fallback.objects.create(agency=world.water)
    returned_twice(world)
    for person in (world.sam, world.ben, world.eve, world.dan):
        assert queries.list_joint(person) == []


def test_the_longest_wait_stands_first(world: World) -> None:
    cases = [make_case(world, joint_since=at(minute)()) for minute in (5, 3, 4)]
    assert [case for case, _ in queries.list_joint(world.max)] == [cases[1], cases[2], cases[0]]


def test_the_supervisors_on_duty_of_the_fallback_owner_are_told_and_nobody_off_duty(world: World) -> None:
    Fallback.objects.create(agency=world.grid)
    shift(world.grid, world.sam, Duty.SUPERVISOR, until=2)
    shift(world.city, world.max, Duty.SUPERVISOR)
    returned_twice(world)
    assert (told(world.sam), told(world.max)) == (0, 1)
