"""Twins."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.deadlines import late
from bihuan.spine.cases.models import (
    LIVE,
    Asker,
    Assignment,
    Case,
    JointCheck,
    Judgement,
    Level,
    Merge,
    Pair,
    Pause,
    Task,
    TaskStatus,
)  # fmt: skip
from bihuan.spine.cases.promises import agreeing, levels
from bihuan.spine.cases.states import Outcome, Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import World, make_case, make_user
from tests.spine.cases.ladder.desk import at, begun


def test_merge_moves_every_asker_and_remembers_the_first_case(world: World) -> None:
    case, into = make_case(world, askers=2), make_case(world)
    merged = actions.merge(case=case, into=into, by=world.olga)
    assert (merged.status, merged.merged_into, merged.outcome) == (Status.MERGED, into, Outcome.MERGED)
    assert into.askers.count() == 3
    assert into.askers.filter(first_case=case).count() == 2


def test_the_moved_askers_are_told_and_only_they(world: World) -> None:
    case, into = make_case(world, askers=2), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    assert Message.objects.filter(template="merge", case_id=into.pk).count() == 2


def test_moved_askers_are_told_of_the_steps_that_follow(world: World) -> None:
    case, into = make_case(world, askers=2), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    actions.accept(case=into, by=world.ben)
    assert Message.objects.filter(template="accept", case_id=into.pk).count() == 3


def test_each_of_the_two_cases_has_its_event(world: World) -> None:
    case, into = make_case(world), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    details = dict(Event.objects.filter(verb="merge").values_list("case_id", "detail"))
    assert details[case.pk]["into"] == into.pk
    assert details[into.pk]["from"] == case.pk


def test_earlier_twins_point_at_the_case_that_stays(world: World) -> None:
    first, second, third = make_case(world), make_case(world), make_case(world)
    actions.merge(case=first, into=second, by=world.olga)
    actions.merge(case=second, into=third, by=world.olga)
    assert set(Case.objects.filter(status=Status.MERGED).values_list("merged_into", flat=True)) == {third.pk}
    assert third.askers.count() == 3


def test_merge_into_a_merged_case_is_told_where_it_went(world: World) -> None:
    first, second, third = make_case(world), make_case(world), make_case(world)
    actions.merge(case=second, into=third, by=world.olga)
    with translation.override("en"), pytest.raises(Conflict, match=f"No. {second.pk}: merged by Olga"):
        actions.merge(case=first, into=second, by=world.olga)


def test_two_cases_can_not_be_merged_into_each_other(world: World) -> None:
    first, second = make_case(world), make_case(world)
    actions.merge(case=first, into=second, by=world.olga)
    with pytest.raises(Conflict):
        actions.merge(case=second, into=first, by=world.olga)


def test_a_case_is_not_merged_into_itself(world: World) -> None:
    case = make_case(world)
    with pytest.raises(Refused) as refused:
        actions.merge(case=case, into=case, by=world.olga)
    assert refused.value.code == "itself"
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(status=Status.MERGED, merged_into=case.pk)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.RESOLVED, Status.WITHDRAWN])
def test_merge_into_a_case_that_is_done_is_refused(world: World, status: Status) -> None:
    with pytest.raises(Refused) as refused:
        actions.merge(case=make_case(world), into=make_case(world, status), by=world.olga)
    assert refused.value.field == "into"


def test_a_parent_and_its_child_are_not_twins(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    child = make_case(world, Status.WORKING, parent=parent, askers=0)
    with pytest.raises(Refused):
        actions.merge(case=child, into=parent, by=world.olga)
    with pytest.raises(Refused):
        actions.merge(case=parent, into=child, by=world.olga)


def test_merge_ends_the_tasks_of_the_case_that_goes(world: World) -> None:
    case, into = make_case(world, Status.WORKING), make_case(world)
    task = actions.add_task(case=case, title="look at it", by=world.ben)
    actions.merge(case=case, into=into, by=world.olga)
    task.refresh_from_db()
    assert task.status == TaskStatus.CANCELLED


def test_an_officer_may_not_merge(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.merge(case=make_case(world), into=make_case(world), by=world.ben)


# --- Taken back -----------------------------------------------------------------------------------------


def test_unmerge_gives_askers_status_and_clocks_back(world: World) -> None:
    case, into = make_case(world, Status.WORKING, askers=2, officer=world.ben), make_case(world)
    before = Case.objects.filter(pk=case.pk).values().get()
    actions.merge(case=case, into=into, by=world.olga)
    actions.unmerge(case=fresh(case), by=world.olga)
    after = Case.objects.filter(pk=case.pk).values().get()
    assert {**after, "changed_at": None} == {**before, "changed_at": None}
    assert (case.askers.count(), into.askers.count()) == (2, 1)


def test_the_askers_who_go_back_are_told_and_only_they(world: World) -> None:
    case, into = make_case(world, askers=2), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    actions.unmerge(case=fresh(case), by=world.olga)
    assert Message.objects.filter(template="unmerge", case_id=case.pk).count() == 2
    details = dict(Event.objects.filter(verb="unmerge").values_list("case_id", "detail"))
    assert details[case.pk]["from"] == into.pk
    assert details[into.pk]["back"] == case.pk


def test_earlier_twins_point_back_again(world: World) -> None:
    first, second, third = make_case(world), make_case(world), make_case(world)
    actions.merge(case=first, into=second, by=world.olga)
    actions.merge(case=second, into=third, by=world.olga)
    actions.unmerge(case=fresh(second), by=world.olga)
    assert fresh(first).merged_into == second
    assert (second.askers.count(), third.askers.count()) == (2, 1)


def test_one_of_a_chain_can_leave_it_by_itself(world: World) -> None:
    first, second, third = make_case(world), make_case(world), make_case(world)
    actions.merge(case=first, into=second, by=world.olga)
    actions.merge(case=second, into=third, by=world.olga)
    actions.unmerge(case=fresh(first), by=world.olga)
    assert (first.askers.count(), third.askers.count()) == (1, 2)
    actions.unmerge(case=fresh(second), by=world.olga)
    assert [case.askers.count() for case in (first, second, third)] == [1, 1, 1]


def test_a_promise_that_failed_while_merged_is_late_when_it_comes_back(world: World) -> None:
    case, into = make_case(world, due_at=clock.now() + timedelta(minutes=5)), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    later = clock.now() + timedelta(minutes=10)
    with clock.running(lambda: later):
        actions.unmerge(case=fresh(case), by=world.olga)
        assert case in late()


@pytest.mark.parametrize("verb", ["answer", "confirm"])
def test_unmerge_is_refused_when_an_asker_has_spoken_since(world: World, verb: str) -> None:
    case, into = make_case(world), make_case(world, Status.WORKING)
    mine = case.askers.get()
    actions.merge(case=case, into=into, by=world.olga)
    if verb == "answer":
        actions.hold(case=into, by=world.ben, question="which floor?")
        actions.answer(case=fresh(into), by=ASKER, text="third")
    else:
        actions.resolve(case=into, by=world.ben, reply="done")
        actions.confirm(case=fresh(into), by=ASKER, asker=Asker.objects.get(pk=mine.pk))
    with translation.override("en"), pytest.raises(Refused, match=f"has spoken on No. {into.pk}") as refused:
        actions.unmerge(case=fresh(case), by=world.olga)
    assert refused.value.code == "unmerge_spoken"
    assert case.askers.count() == 0


def test_what_the_askers_of_the_twin_say_keeps_nobody_there(world: World) -> None:
    case, into = make_case(world), make_case(world, Status.WORKING)
    other = into.askers.get()
    actions.merge(case=case, into=into, by=world.olga)
    actions.resolve(case=into, by=world.ben, reply="done")
    actions.confirm(case=fresh(into), by=ASKER, asker=other)
    assert actions.unmerge(case=fresh(case), by=world.olga).status == Status.WAITING


def test_a_case_leaves_a_twin_that_was_resolved_meanwhile_and_goes_on(world: World) -> None:
    case, into = make_case(world), make_case(world, Status.WORKING)
    actions.merge(case=case, into=into, by=world.olga)
    actions.resolve(case=into, by=world.ben, reply="done")
    assert actions.unmerge(case=fresh(case), by=world.olga).status == Status.WAITING


def test_whoever_takes_a_merge_back_second_is_told_who_was_first(world: World) -> None:
    case, into = make_case(world), make_case(world)
    merged = actions.merge(case=case, into=into, by=world.olga)
    actions.unmerge(case=fresh(case), by=world.olga)
    with translation.override("en"), pytest.raises(Conflict, match="merge taken back by Olga"):
        actions.unmerge(case=merged, by=world.olga)


def test_a_merge_taken_back_says_that_they_are_not_the_same(world: World) -> None:
    case, into = make_case(world), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    actions.unmerge(case=fresh(case), by=world.olga)
    assert Pair.objects.get(older=case, newer=into).verdict == Judgement.OTHER


def test_a_case_may_be_merged_again_after_that(world: World) -> None:
    case, into = make_case(world), make_case(world)
    for _ in range(2):
        actions.merge(case=fresh(case), into=into, by=world.olga)
        actions.unmerge(case=fresh(case), by=world.olga)
    assert Merge.objects.filter(case=case, undone_at__isnull=False).count() == 2


def test_an_officer_may_not_take_a_merge_back(world: World) -> None:
    case, into = make_case(world), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    with pytest.raises(Forbidden):
        actions.unmerge(case=fresh(case), by=world.ben)


# What offices do to a Case before somebody finds that it is a twin.
MOVES: dict[str, Callable[[World, Case], object]] = {
    "accept": lambda world, case: actions.accept(case=case, by=world.ben),
    "add_task": lambda world, case: actions.add_task(case=case, title="look", by=world.ben),
    "dispatch": lambda world, case: actions.dispatch(
        task=case.tasks.filter(status="todo")[0], by=world.ben, team=world.team
    ),
    "arrive": lambda world, case: actions.arrive(assignment=sent(case), by=world.ben),
    "finish": lambda world, case: actions.finish(assignment=sent(case), by=world.ben),
    "hold": lambda world, case: actions.hold(case=case, by=world.ben, question="where?"),
    "answer": lambda world, case: actions.answer(case=case, by=ASKER, text="here"),
    "resume": lambda world, case: actions.resume(case=case, by=world.ben),
    "return": lambda world, case: actions.return_to_triage(case=case, by=world.ben, reason="not ours"),
    "assign": lambda world, case: actions.assign(case=case, agency=world.grid, by=world.olga),
    "urgent": lambda world, case: actions.set_priority(case=case, priority="urgent", by=world.olga),
    "twin": lambda world, case: actions.merge(case=make_case(world), into=case, by=world.olga),
}


def sent(case: Case) -> Assignment:
    return Assignment.objects.filter(task__case=case, status__in=LIVE)[0]


def state(*cases: Case) -> list[dict[str, Any]]:
    """Return every row that belongs to some Cases, without the instants of writing."""
    numbers = [case.pk for case in cases]
    rows = [
        *Case.objects.filter(Q(pk__in=numbers) | Q(merged_into__in=numbers)).order_by("pk").values(),
        *Asker.objects.order_by("pk").values("pk", "case_id", "first_case_id"),
        *Task.objects.filter(case__in=numbers).order_by("pk").values(),
        *Assignment.objects.filter(task__case__in=numbers).order_by("pk").values(),
        *Pause.objects.filter(case__in=numbers).order_by("pk").values(),
    ]
    return [{name: value for name, value in row.items() if name != "changed_at"} for row in rows]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=9), minutes=st.integers(0, 600))
def test_merged_and_taken_back_every_row_is_as_before(world: World, moves: list[str], minutes: int) -> None:
    started = clock.now()
    case, into = make_case(world), make_case(world)
    for turn, move in enumerate(moves):
        instant = started + timedelta(minutes=turn)
        with clock.running(lambda instant=instant: instant), suppress(Refused, IndexError):
            MOVES[move](world, fresh(case))
    before = state(case, into)
    merged = started + timedelta(minutes=20)
    with clock.running(lambda: merged):
        actions.merge(case=fresh(case), into=into, by=world.olga)
    with clock.running(lambda: merged + timedelta(minutes=minutes)):
        actions.unmerge(case=fresh(case), by=world.olga)
    assert state(case, into) == before


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_case_comes_back_before_the_joint_check_and_can_be_decided(world: World) -> None:
    case, into = actions.refer(case=make_case(world), by=world.max, reason="whose?"), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    assert not JointCheck.objects.filter(ended_at__isnull=True).exists()
    back = actions.unmerge(case=fresh(case), by=world.olga)
    assert back.joint_since is not None
    assert actions.decide(case=back, agency=world.water, by=world.max, reason="yours").agency == world.water
    assert JointCheck.objects.get().decided_for == world.water


def test_levels_put_in_force_while_it_was_merged_apply_when_it_comes_back(world: World) -> None:
    case, into = begun(world), make_case(world)
    assert case.level is not None and case.resolve_by is not None
    ada = make_user("ada", write_roles()["administrator"], None)
    with clock.running(at(1)):
        actions.merge(case=case, into=into, by=world.olga)
        draft, over = agreeing.copy_in_force(by=ada), levels.in_force().number
        lines = Level.objects.filter(agreement=draft)
        lines.exclude(order=case.level.order).delete()
        lines.update(resolve_min=F("resolve_min") + 60, priority="", urgency="")
        agreeing.put_in_force(draft=draft, over=over, by=ada, also_open=True)
    with clock.running(at(2)):
        back = actions.unmerge(case=fresh(case), by=world.olga)
    assert back.level is not None and back.level.agreement == draft
    assert back.resolve_by == case.resolve_by + timedelta(minutes=60)
