"""Each status of theirs on a Case of each state: nothing closes, nothing is lost."""

import pytest

from bihuan.kernel import clock
from bihuan.lines.abroad import deeds
from bihuan.lines.abroad.models import Handing, Link, State
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.states import ENDED, Status
from tests.lines.abroad.going import fresh, newest
from tests.spine.cases.known import World, make_case

STATUSES = [
    "OPEN", "INVESTIGATING", "IN_PROGRESS", "ACTION_SCHEDULED", "FIXED", "CLOSED", "DUPLICATE", "NO_FURTHER_ACTION",
    "NOT_COUNCILS_RESPONSIBILITY", "INTERNAL_REFERRAL", "FOR_TRIAGE", "REOPEN", "CANCELLED", "WHATEVER",
]  # fmt: skip


def with_them(link: Link, case: Case) -> Handing:
    now = clock.now()
    Handing.objects.create(link=link, case=case, handed_at=now, created_at=now, state=State.TAKEN, number="9")
    return newest(link)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("ours", ["waiting", "accepted", "working", "hold", "resolved", "reopened"])
def test_no_status_of_theirs_ends_a_case(link: Link, world: World, ours: str, status: str) -> None:
    case = make_case(world, Status(ours))
    deeds.hear(with_them(link, case), status, "their words")
    assert fresh(case).status not in ENDED and newest(link).their_status == status


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_over_here_stays_over(link: Link, world: World, status: str) -> None:
    case = make_case(world, Status.CLOSED)
    deeds.hear(with_them(link, case), status, "words")
    assert fresh(case).status == Status.CLOSED and not case.notes.exists()


def test_done_without_the_proof_that_the_service_wants_goes_to_people(link: Link, world: World) -> None:
    Service.objects.update(needs_proof=True)
    case = make_case(world, Status.ACCEPTED)
    deeds.hear(with_them(link, case), "FIXED", "done it")
    note = case.notes.get()
    assert fresh(case).status == Status.ACCEPTED and (note.kind, "done it" in note.text) == ("internal", True)


def test_a_case_that_another_agency_has_by_now_is_left_alone(link: Link, world: World) -> None:
    case = make_case(world, Status.ACCEPTED, agency=world.water)
    deeds.hear(with_them(link, case), "FIXED", "done")
    assert fresh(case).status == Status.ACCEPTED
