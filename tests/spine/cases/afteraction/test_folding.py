"""A Case at any instant, from its Events alone."""

from datetime import datetime, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.afteraction.folding import state_at, states
from bihuan.spine.cases.models import Case
from tests.spine.cases.known import NOON, World, make_case


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture
def accepted(world: World) -> Case:
    """A Case opened at noon, accepted ten minutes later, held at twenty."""
    with clock.running(lambda: at(0)):
        case = make_case(world)
    with clock.running(lambda: at(10)):
        actions.accept(case=case, by=world.ben)
    with clock.running(lambda: at(20)):
        actions.hold(case=Case.objects.get(pk=case.pk), question="?", by=world.ben)
    return Case.objects.get(pk=case.pk)


def test_a_case_stands_at_each_instant_as_it_stood_then(accepted: Case, world: World) -> None:
    seen = [state_at(accepted.pk, at(minutes)) for minutes in (0, 9, 10, 19, 20)]
    assert [folded.case["status"] for folded in seen if folded] == [
        "waiting", "waiting", "accepted", "accepted", "hold",
    ]  # fmt: skip
    assert [folded.case.get("officer_id") for folded in seen if folded] == [None, None, *[world.ben.pk] * 3]


def test_a_case_is_not_there_before_it_was_opened(accepted: Case) -> None:
    assert state_at(accepted.pk, at(-1)) is None


def test_a_pause_begins_with_the_question_and_ends_with_the_answer(accepted: Case) -> None:
    with clock.running(lambda: at(30)):
        actions.answer(case=accepted, text="yes", by=ASKER)
    before, after = state_at(accepted.pk, at(25)), state_at(accepted.pk, at(30))
    assert before and after
    (paused,), (over,) = before.rows["pause"].values(), after.rows["pause"].values()
    assert "until_at" not in paused
    assert over["until_at"] == at(30).isoformat()


def test_all_cases_at_an_instant_come_one_after_the_other(accepted: Case, world: World) -> None:
    with clock.running(lambda: at(15)):
        later = make_case(world)
    assert [one.case_id for one in states(1, later.pk, at(12))] == [accepted.pk]
    assert [one.case_id for one in states(1, later.pk)] == [accepted.pk, later.pk]


def test_events_that_only_tell_about_a_case_make_none(world: World, db: None) -> None:
    Event.objects.create(
        at=NOON, actor_kind="staff", actor=world.ben, verb="reveal", subject_type="x", case_id=9
    )
    assert list(states(9, 9)) == []
