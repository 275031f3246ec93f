"""Tasks, and who is sent."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Assignment, AssignmentStatus, Task, TaskStatus
from bihuan.spine.cases.states import Status
from bihuan.spine.resources.models import Team
from tests.spine.cases.known import World, make_case


def make_task(world: World) -> Task:
    case = actions.accept(case=make_case(world), by=world.ben)
    return actions.add_task(case=case, title="look at the meter", by=world.ben)


def test_dispatch_sends_a_team_and_moves_the_case_to_working(world: World) -> None:
    task = make_task(world)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    task.refresh_from_db()
    task.case.refresh_from_db()
    assert (sent.team, task.status, task.case.status) == (world.team, TaskStatus.GOING, Status.WORKING)


def test_dispatch_names_whom_in_its_event(world: World) -> None:
    sent = actions.dispatch(task=make_task(world), by=world.ben, person=world.cleo)
    detail = Event.objects.get(verb="dispatch").detail
    assert (detail["person_id"], detail["assignment_id"]) == (world.cleo.pk, sent.pk)


def test_a_second_dispatch_is_told_who_is_on_the_way(world: World) -> None:
    task = make_task(world)
    actions.dispatch(task=task, by=world.ben, team=world.team)
    with translation.override("en"), pytest.raises(Conflict, match="Crew One is already on the way"):
        actions.dispatch(task=task, by=world.ida, person=world.cleo)


def test_the_database_itself_refuses_a_second_live_assignment(world: World) -> None:
    task = make_task(world)
    actions.dispatch(task=task, by=world.ben, team=world.team)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=task, person=world.cleo, from_at=clock.now())


def test_dispatch_wants_one_team_or_one_person(world: World) -> None:
    task = make_task(world)
    with pytest.raises(Refused):
        actions.dispatch(task=task, by=world.ben)
    with pytest.raises(Refused):
        actions.dispatch(task=task, by=world.ben, team=world.team, person=world.cleo)


def test_another_agencys_people_can_not_be_sent(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.dispatch(task=make_task(world), by=world.ben, person=world.eve)
    assert refused.value.field == "person"


def test_the_team_of_an_agency_below_can_be_sent(world: World) -> None:
    below = Team.objects.create(agency=world.crew, name_zh="抢修二队")
    assert actions.dispatch(task=make_task(world), by=world.ben, team=below).team == below


def test_a_team_that_was_dissolved_can_not_be_sent(world: World) -> None:
    world.team.is_active = False
    with pytest.raises(Refused):
        actions.dispatch(task=make_task(world), by=world.ben, team=world.team)


def test_an_assignment_goes_from_sent_by_arrived_to_done(world: World) -> None:
    task = make_task(world)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    sent = actions.arrive(assignment=sent, by=world.ben)
    assert sent.status == AssignmentStatus.ARRIVED
    sent = actions.finish(assignment=sent, by=world.ben)
    assert (sent.status, sent.task.status, sent.until_at is not None) == ("done", "done", True)


def test_cleo_in_the_team_reports_her_own_arrival(world: World) -> None:
    sent = actions.dispatch(task=make_task(world), by=world.ben, team=world.team)
    assert actions.arrive(assignment=sent, by=world.cleo).status == AssignmentStatus.ARRIVED


def test_a_stranger_reports_nobodys_arrival(world: World) -> None:
    sent = actions.dispatch(task=make_task(world), by=world.ben, team=world.team)
    for stranger in (world.dan, world.eve):
        with pytest.raises(Forbidden):
            actions.arrive(assignment=sent, by=stranger)


def test_nobody_arrives_twice(world: World) -> None:
    sent = actions.dispatch(task=make_task(world), by=world.ben, team=world.team)
    actions.arrive(assignment=sent, by=world.ben)
    with pytest.raises(Conflict):
        actions.arrive(assignment=sent, by=world.ben)


def test_a_task_whose_team_was_called_back_can_be_given_to_another(world: World) -> None:
    task = make_task(world)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    actions.cancel(assignment=sent, by=world.ben)
    again = actions.dispatch(task=task, by=world.ben, person=world.cleo)
    assert (again.status, task.assignments.count()) == (AssignmentStatus.SENT, 2)


def test_a_finished_task_is_not_dispatched_again(world: World) -> None:
    task = make_task(world)
    actions.finish(assignment=actions.dispatch(task=task, by=world.ben, team=world.team), by=world.ben)
    with pytest.raises(Refused) as refused:
        actions.dispatch(task=task, by=world.ben, team=world.team)
    assert refused.value.code == "task"


def test_transfer_calls_back_whoever_is_under_way(world: World) -> None:
    task = make_task(world)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    actions.transfer(case=sent.task.case, agency=world.water, by=world.max, reason="a water pipe")
    sent.refresh_from_db()
    task.refresh_from_db()
    assert (sent.status, task.status) == (AssignmentStatus.CANCELLED, TaskStatus.CANCELLED)


def test_resolve_ends_whoever_is_under_way_as_done(world: World) -> None:
    task = make_task(world)
    idle = actions.add_task(case=task.case, title="tell the neighbours", by=world.ben)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    actions.resolve(case=task.case, by=world.ben, reply="done")
    for row in (sent, task, idle):
        row.refresh_from_db()
    assert (sent.status, task.status, idle.status) == ("done", "done", "cancelled")
