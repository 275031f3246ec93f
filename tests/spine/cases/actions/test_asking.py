"""The asker's moves."""

from datetime import timedelta

import pytest
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Note, NoteKind, Pause, TaskStatus
from bihuan.spine.cases.states import REOPEN_WITHIN, Outcome, Status
from tests.spine.cases.known import NOON, World, make_case


def resolved(world: World) -> Case:
    case = actions.accept(case=make_case(world), by=world.ben)
    return actions.resolve(case=case, by=world.ben, reply="done")


def test_the_answer_resumes_the_work(world: World) -> None:
    case = actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which door?")
    case = actions.answer(case=case, by=ASKER, text="the green one")
    assert case.status == Status.WORKING
    assert Pause.objects.get(case=case).until_at is not None
    assert Note.objects.get(case=case, kind=NoteKind.ANSWER).author is None


def test_an_answer_that_nobody_waits_for_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        actions.answer(case=make_case(world), by=ASKER, text="hello?")


def test_the_askers_yes_closes_the_case(world: World) -> None:
    case = actions.confirm(case=resolved(world), by=ASKER)
    case.refresh_from_db()
    assert (case.status, case.is_open, case.outcome) == (Status.CLOSED, False, Outcome.CONFIRMED)
    assert Event.objects.get(case_id=case.pk, verb="confirm").actor_kind == ActorKind.ASKER


def test_an_operator_may_take_down_the_yes_on_the_telephone(world: World) -> None:
    assert actions.confirm(case=resolved(world), by=world.olga).status == Status.CLOSED


def test_the_officer_who_did_the_work_may_not_confirm_it(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.confirm(case=resolved(world), by=world.ben)


def test_an_operator_who_did_the_work_may_not_confirm_it_either(world: World) -> None:
    case = resolved(world)
    Case.objects.filter(pk=case.pk).update(officer=world.olga)
    with pytest.raises(Forbidden):
        actions.confirm(case=case, by=world.olga)


def test_only_the_system_closes_a_case_whose_wait_ran_out(world: World) -> None:
    case = resolved(world)
    for stranger in (ASKER, world.olga, world.ben):
        with pytest.raises(Forbidden):
            actions.close(case=case, by=stranger)
    assert actions.close(case=case, by=SYSTEM).outcome == Outcome.NO_ANSWER


def test_the_askers_no_opens_a_resolved_case_again(world: World) -> None:
    case = actions.reopen(case=resolved(world), by=ASKER, reason="still dark")
    assert (case.status, case.is_open, case.reopened_count) == (Status.REOPENED, True, 1)
    assert case.officer == world.ben
    assert case.due_at is not None
    assert (case.closes_at, case.resolved_at) == (None, None)


def test_a_no_needs_a_reason(world: World) -> None:
    with pytest.raises(Refused) as refused:
        actions.reopen(case=resolved(world), by=ASKER, reason="")
    assert refused.value.field == "reason"


def test_a_closed_case_can_be_reopened_within_the_days_allowed(world: World) -> None:
    with clock.running(lambda: NOON):
        case = actions.confirm(case=resolved(world), by=ASKER)
    with clock.running(lambda: NOON + REOPEN_WITHIN):
        case = actions.reopen(case=case, by=ASKER, reason="dark again")
    assert (case.is_open, case.ended_at, case.outcome) == (True, None, "")


def test_a_closed_case_can_not_be_reopened_later(world: World) -> None:
    with clock.running(lambda: NOON):
        case = actions.confirm(case=resolved(world), by=ASKER)
    late = NOON + REOPEN_WITHIN + timedelta(seconds=1)
    with clock.running(lambda: late), pytest.raises(Refused) as refused:
        actions.reopen(case=case, by=ASKER, reason="dark again")
    assert refused.value.code == "reopen"


def test_the_time_in_which_the_asker_was_asked_is_no_time_of_the_agency(world: World) -> None:
    case = resolved(world)
    actions.reopen(case=case, by=ASKER, reason="still dark")
    pause = Pause.objects.get(case=case)
    assert pause.from_at == case.resolved_at
    assert pause.until_at is not None


def test_withdraw_calls_back_whoever_is_under_way(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    task = actions.add_task(case=case, title="look at it", by=world.ben)
    sent = actions.dispatch(task=task, by=world.ben, team=world.team)
    case = actions.withdraw(case=case, by=ASKER)
    sent.refresh_from_db()
    task.refresh_from_db()
    assert (case.outcome, sent.status, task.status) == (Outcome.WITHDRAWN, "cancelled", TaskStatus.CANCELLED)
    assert sent.until_at is not None


def test_withdraw_ends_the_child_cases_too(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    child = make_case(world, Status.WORKING, parent=parent, askers=0)
    actions.withdraw(case=parent, by=ASKER)
    child.refresh_from_db()
    assert child.status == Status.WITHDRAWN


def test_one_of_several_askers_can_not_take_the_case_from_the_others(world: World) -> None:
    with translation.override("en"), pytest.raises(Refused, match="Others asked"):
        actions.withdraw(case=make_case(world, askers=2), by=ASKER)


def test_the_asker_may_not_make_the_staffs_moves(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.accept(case=make_case(world), by=ASKER)


def test_a_second_yes_is_told_of_the_first(world: World) -> None:
    case = resolved(world)
    actions.confirm(case=case, by=ASKER)
    with translation.override("en"), pytest.raises(Conflict, match="confirmed as done by the asker"):
        actions.confirm(case=case, by=ASKER)


def test_what_an_asker_adds_is_kept_and_nothing_moves(world: World) -> None:
    case = make_case(world)
    actions.say(case=case, by=ASKER, text="third floor")
    case.refresh_from_db()
    assert (case.status, case.notes.get().text) == (Status.WAITING, "third floor")


def test_nothing_is_added_to_what_is_over(world: World) -> None:
    with pytest.raises(Refused):
        actions.say(case=make_case(world, Status.DECLINED), by=ASKER, text="but")
