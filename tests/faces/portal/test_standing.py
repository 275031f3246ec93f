from datetime import timedelta
from typing import Any

import pytest

from bihuan.faces.portal.receipts import Held
from bihuan.faces.portal.standing import NEXT, standing_of
from bihuan.kernel import clock
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import REOPEN_WITHIN, Status
from tests.spine.cases.known import World, make_case, make_submission


def held_of(case: Case, *, is_proven: bool = True) -> Held:
    asker = case.askers.select_related("submission", "case__agency", "case__service", "first_case").get()
    return Held(asker.submission, asker, is_proven)


def test_before_triage_it_is_told_that_it_arrived(db: None) -> None:
    standing = standing_of(Held(make_submission(), None, True))
    assert [step.verb for step in standing.steps] == ["received"]
    assert not standing.verbs


def test_every_status_says_what_comes_next() -> None:
    assert set(NEXT) == set(Status)


def test_the_next_step_names_the_office_that_owns_it(world: World) -> None:
    assert world.grid.name in standing_of(held_of(make_case(world))).next_words


def test_what_is_past_its_promise_is_late(world: World) -> None:
    now = clock.now()
    late, due = (make_case(world, due_at=now + timedelta(hours=hours)) for hours in (-1, 1))
    assert standing_of(held_of(late)).is_late
    assert not standing_of(held_of(due)).is_late


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        (Status.WAITING, {"say", "withdraw"}),
        (Status.HOLD, {"answer", "say", "withdraw"}),
        (Status.RESOLVED, {"confirm", "reopen", "say"}),
        (Status.CLOSED, {"reopen"}),
        (Status.WITHDRAWN, set()),
    ],
)
def test_the_asker_is_offered_what_is_possible_now(world: World, status: Status, verbs: set[str]) -> None:
    assert standing_of(held_of(make_case(world, status))).verbs == verbs


def test_whoever_has_not_proven_is_offered_nothing(world: World) -> None:
    held = held_of(make_case(world, Status.RESOLVED), is_proven=False)
    assert standing_of(held).verbs == frozenset()


def test_a_closed_case_says_until_when_it_can_be_opened_again(world: World) -> None:
    case = make_case(world, Status.CLOSED)
    assert case.ended_at is not None
    assert standing_of(held_of(case)).by == case.ended_at + REOPEN_WITHIN


def test_the_open_question_is_shown_while_it_is_open(world: World) -> None:
    case = actions.hold(case=make_case(world, Status.ACCEPTED), by=world.ben, question="Which one?")
    assert standing_of(held_of(case)).question == "Which one?"
    assert standing_of(held_of(actions.resume(case=case, by=world.ben))).question == ""


def test_the_stamp_changes_with_every_step(world: World) -> None:
    case: Any = make_case(world)
    before = standing_of(held_of(case)).stamp
    assert standing_of(held_of(case)).stamp == before
    actions.accept(case=case, by=world.ben)
    assert standing_of(held_of(case)).stamp != before
