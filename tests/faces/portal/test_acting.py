import pytest

from bihuan.faces.portal.acting import act_as_asker
from bihuan.faces.portal.receipts import Held
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


def held_of(case: Case, *, is_proven: bool = True) -> Held:
    asker = case.askers.select_related("submission", "case").get()
    return Held(asker.submission, asker, is_proven)


@pytest.mark.parametrize(
    ("status", "verb", "target"),
    [
        (Status.HOLD, "answer", Status.WORKING),
        (Status.WORKING, "say", Status.WORKING),
        (Status.RESOLVED, "confirm", Status.CLOSED),
        (Status.RESOLVED, "reopen", Status.REOPENED),
        (Status.WAITING, "withdraw", Status.WITHDRAWN),
    ],
)
def test_the_askers_move_is_the_spines(world: World, status: Status, verb: str, target: Status) -> None:
    assert act_as_asker(held_of(make_case(world, status)), verb, "so it is").status == target
    assert Event.objects.get(verb=verb).actor_kind == ActorKind.ASKER


def test_whoever_has_not_proven_moves_nothing(world: World) -> None:
    case = make_case(world, Status.RESOLVED)
    with pytest.raises(Refused):
        act_as_asker(held_of(case, is_proven=False), "confirm", "")
    case.refresh_from_db()
    assert case.status == Status.RESOLVED


def test_a_no_without_a_reason_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        act_as_asker(held_of(make_case(world, Status.RESOLVED)), "reopen", "  ")
