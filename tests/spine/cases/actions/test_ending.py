"""What ends together with a Case."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.spine.cases import actions
from bihuan.spine.cases.actions.ending import end, end_pause, end_work, start_pause
from bihuan.spine.cases.actions.step import begin
from bihuan.spine.cases.models import AssignmentStatus, Pause, Task
from bihuan.spine.cases.states import Outcome, Status
from tests.spine.cases.known import NOON, World, make_case


def test_end_work_leaves_what_has_ended_before_as_it_was(world: World) -> None:
    case = make_case(world, Status.WORKING)
    task = actions.add_task(case=case, title="first", by=world.ben)
    actions.finish(assignment=actions.dispatch(task=task, by=world.ben, team=world.team), by=world.ben)
    before = Task.objects.values_list("status", "ended_at").get()
    end_work(begin(case, "hold", world.ben), AssignmentStatus.CANCELLED)
    assert Task.objects.values_list("status", "ended_at").get() == before


def test_a_second_pause_can_not_begin(world: World) -> None:
    step = begin(make_case(world, Status.WORKING), "hold", world.ben)
    start_pause(step)
    with pytest.raises(IntegrityError), transaction.atomic():
        start_pause(step)


def test_a_pause_ends_once(world: World) -> None:
    step = begin(make_case(world, Status.WORKING), "hold", world.ben)
    start_pause(step)
    end_pause(step)
    step.now = NOON
    end_pause(step)
    assert Pause.objects.get().until_at != NOON


def test_end_stops_every_clock_of_the_case(world: World) -> None:
    case = end(begin(make_case(world, due_at=clock.now()), "withdraw", world.olga), Outcome.WITHDRAWN)
    case.refresh_from_db()
    assert (case.is_open, case.due_at, case.closes_at) == (False, None, None)
    assert case.ended_at is not None


def test_a_promise_that_failed_before_the_end_is_not_forgotten(world: World) -> None:
    case = make_case(world, due_at=NOON)
    with clock.running(lambda: NOON + timedelta(hours=1)):
        case = actions.withdraw(case=case, by=world.olga)
    assert case.breached_at == NOON
