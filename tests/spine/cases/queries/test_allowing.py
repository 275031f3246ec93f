"""What is allowed now, and why not the rest."""

from collections.abc import Callable

import pytest
from django.utils import translation

from bihuan.kernel.errors import Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import VERBS, Status
from tests.spine.cases.known import World, make_case

CALLS: dict[str, Callable[[Case, User, World], object]] = {
    "assign": lambda case, by, world: actions.assign(case=case, agency=world.water, by=by),
    "transfer": lambda case, by, world: actions.transfer(case=case, agency=world.water, by=by, reason="x"),
    "accept": lambda case, by, world: actions.accept(case=case, by=by),
    "return_to_triage": lambda case, by, world: actions.return_to_triage(case=case, by=by, reason="x"),
    "hold": lambda case, by, world: actions.hold(case=case, by=by, question="x"),
    "resume": lambda case, by, world: actions.resume(case=case, by=by),
    "resolve": lambda case, by, world: actions.resolve(case=case, by=by, reply="x"),
    "decline": lambda case, by, world: actions.decline(case=case, by=by, reason="x"),
    "answer": lambda case, by, world: actions.answer(case=case, by=by, text="x"),
    "confirm": lambda case, by, world: actions.confirm(case=case, by=by),
    "reopen": lambda case, by, world: actions.reopen(case=case, by=by, reason="x"),
    "withdraw": lambda case, by, world: actions.withdraw(case=case, by=by),
    "set_priority": lambda case, by, world: actions.set_priority(case=case, priority="urgent", by=by),
    "note": lambda case, by, world: actions.note(case=case, by=by, text="x"),
    "add_task": lambda case, by, world: actions.add_task(case=case, title="x", by=by),
}
LASTING = [Status.TRIAGE, Status.WAITING, Status.WORKING, Status.HOLD, Status.RESOLVED, Status.CLOSED]


def by_verb(case: Case, by: object) -> dict[str, queries.Allowed]:
    return {each.verb: each for each in queries.allowed(case=case, by=by)}  # type: ignore[arg-type]


@pytest.mark.parametrize("status", LASTING)
@pytest.mark.parametrize("who", ["ben", "eve", "dan", "olga", "sam", "max"])
def test_what_is_called_allowed_works_and_the_rest_is_refused(world: World, who: str, status: Status) -> None:
    user = getattr(world, who)
    for verb, call in CALLS.items():
        case = make_case(world, status)
        said = by_verb(case, user)[verb]
        if said.is_allowed:
            call(case, user, world)
        else:
            with pytest.raises(Refused):
                call(case, user, world)


def test_each_verb_has_a_label_and_each_no_a_reason(world: World) -> None:
    said = queries.allowed(case=make_case(world), by=world.ben)
    assert [each.verb for each in said] == list(VERBS)
    assert all(each.label for each in said)
    assert all(each.is_allowed or each.why_not for each in said)


def test_dispatch_waits_for_a_task(world: World) -> None:
    case = make_case(world, Status.WORKING)
    with translation.override("en"):
        assert "Add one first" in by_verb(case, world.ben)["dispatch"].why_not
        actions.add_task(case=case, title="look", by=world.ben)
        assert by_verb(case, world.ben)["dispatch"].is_allowed


def test_the_asker_may_answer_only_what_was_asked(world: World) -> None:
    assert not by_verb(make_case(world, Status.WORKING), ASKER)["answer"].is_allowed
    assert by_verb(make_case(world, Status.HOLD), ASKER)["answer"].is_allowed
