"""Promises that fail and waits that run out."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, deadlines
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Outcome, Status
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import NOON, World, make_case

LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.running(lambda: NOON):
        yield


def due(world: World, at: datetime | None, **fields: object) -> Case:
    return make_case(world, due_at=at, accept_by=at, **fields)


def resolved(world: World, closes_at: datetime = LATER) -> Case:
    return make_case(world, Status.RESOLVED, resolved_at=NOON, closes_at=closes_at)


def test_a_promise_that_has_passed_is_marked_with_the_moment_it_failed(world: World) -> None:
    case = due(world, LATER)
    with clock.running(lambda: LATER + timedelta(minutes=5)):
        assert deadlines.mark_breached() == 1
    case.refresh_from_db()
    assert (case.breached_at, case.due_at) == (LATER, LATER)


def test_a_promise_that_can_still_be_kept_is_not_marked(world: World) -> None:
    due(world, LATER)
    with clock.running(lambda: LATER):
        assert deadlines.mark_breached() == 0


def test_a_breach_is_marked_recorded_and_told_once(world: World) -> None:
    case = due(world, NOON - timedelta(minutes=1))
    assert [deadlines.mark_breached() for _ in range(2)] == [1, 0]
    event = Event.objects.get(verb="breached")
    assert (event.case_id, event.agency_id) == (case.pk, world.grid.pk)
    assert (event.detail["status"], event.detail["promise"]) == ("waiting", "accept")
    assert event.detail["set"] == {"breached_at": (NOON - timedelta(minutes=1)).isoformat()}
    assert list(Message.objects.values_list("template", "about")) == [
        ("breached", case.askers.get().submission.receipt),
    ]


def test_the_event_tells_that_it_was_the_second_promise(world: World) -> None:
    due_at = NOON - timedelta(hours=1)
    make_case(world, Status.WORKING, accept_by=NOON - timedelta(hours=2), resolve_by=due_at, due_at=due_at)
    deadlines.mark_breached()
    assert Event.objects.get(verb="breached").detail["promise"] == "resolve"


def test_a_case_that_lies_unsorted_too_long_is_late_as_well(world: World) -> None:
    case = due(world, NOON - timedelta(minutes=1), status=Status.TRIAGE)
    assert deadlines.mark_breached() == 1
    assert Message.objects.get().about == case.askers.get().submission.receipt


def test_a_case_that_was_moved_in_the_meantime_is_not_marked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = due(world, NOON - timedelta(minutes=1))
    plain = deadlines._breach

    def moved_first(found: Case) -> bool:
        Case.objects.filter(pk=case.pk).update(due_at=LATER)
        return plain(found)

    monkeypatch.setattr(deadlines, "_breach", moved_first)
    assert deadlines.mark_breached() == 0
    assert not Event.objects.filter(verb="breached").exists()


def test_no_more_than_the_limit_is_marked_at_a_time_and_the_oldest_first(world: World) -> None:
    cases = [due(world, NOON - timedelta(minutes=n)) for n in (1, 3, 2)]
    assert deadlines.mark_breached(limit=2) == 2
    assert set(Event.objects.filter(verb="breached").values_list("case_id", flat=True)) == {
        cases[1].pk,
        cases[2].pk,
    }


def test_a_resolved_case_is_closed_when_the_wait_for_the_asker_is_over(world: World) -> None:
    case = resolved(world)
    assert deadlines.close_waited_out() == 0
    with clock.running(lambda: LATER):
        assert deadlines.close_waited_out() == 1
    case.refresh_from_db()
    assert (case.status, case.outcome, case.ended_at) == (Status.CLOSED, Outcome.NO_ANSWER, LATER)
    assert (case.is_open, case.closes_at) == (False, None)


def test_closing_leaves_an_event_of_the_system_and_tells_the_asker(world: World) -> None:
    case = resolved(world, closes_at=NOON)
    deadlines.close_waited_out()
    assert Event.objects.get(verb="close").case_id == case.pk
    assert Message.objects.get(template="close").about == case.askers.get().submission.receipt


def test_an_asker_who_says_no_in_the_last_moment_is_heard(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = resolved(world, closes_at=NOON)
    plain = deadlines._close

    def after_the_asker(found: Case) -> bool:
        actions.reopen(case=case, by=ASKER, reason="It is not done.")
        return plain(found)

    monkeypatch.setattr(deadlines, "_close", after_the_asker)
    assert deadlines.close_waited_out() == 0
    case.refresh_from_db()
    assert case.status == Status.REOPENED


def test_a_case_that_the_asker_has_confirmed_is_not_closed_again(world: World) -> None:
    case = resolved(world, closes_at=NOON)
    actions.confirm(case=case, by=ASKER)
    assert deadlines.close_waited_out() == 0
    assert SYSTEM.kind not in Event.objects.filter(verb="close").values_list("actor_kind", flat=True)


@pytest.mark.parametrize(
    ("due_ones", "index"), [(deadlines.late, "case_breaching"), (deadlines.waited_out, "case_closing")]
)
def test_what_is_due_is_found_by_an_index(
    world: World, due_ones: Callable[[], QuerySet[Case]], index: str
) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A handful of rows is read without an index, unless that is forbidden.
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in due_ones().explain()
