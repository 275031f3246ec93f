"""What other systems say about requests becomes verbs, under the rules that hold for everybody."""

from typing import Any

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Note
from bihuan.spine.cases.states import Status
from tests.faces.open311.conftest import Machine
from tests.faces.open311.test_updates_out import case_of
from tests.spine.cases.known import World, make_case

WHEN = "2026-11-27T08:00:00Z"
S = Status


def told(machine: Machine, case: Case, status: str, **said: str) -> Any:
    fields = {
        "service_request_id": str(case.pk), "update_id": "u-1", "updated_datetime": WHEN, "status": status,
        "description": "words",
    }  # fmt: skip
    return machine.post("servicerequestupdates.json", **{**fields, **said})


def now(case: Case) -> str:
    return Case.objects.values_list("status", flat=True).get(pk=case.pk)


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        (S.WAITING, "INVESTIGATING", S.ACCEPTED), (S.WAITING, "in_progress", S.ACCEPTED),
        (S.WAITING, "FIXED", S.RESOLVED), (S.WORKING, "CLOSED", S.RESOLVED),
        (S.WORKING, "ACTION_SCHEDULED", S.WORKING), (S.WORKING, "DUPLICATE", S.WORKING),
        (S.ACCEPTED, "NOT_COUNCILS_RESPONSIBILITY", S.RETURNED), (S.WAITING, "FOR_TRIAGE", S.RETURNED),
        (S.RESOLVED, "IN_PROGRESS", S.RESOLVED), (S.WORKING, "CANCELLED", S.WORKING), (S.RESOLVED, "FIXED", S.RESOLVED),
    ],
)  # fmt: skip
def test_the_offices_system_works_on_its_case(
    machine_of: Any, world: World, before: Status, status: str, after: Status
) -> None:
    case = make_case(world, before)
    answer = told(machine_of(world.ben), case, status)
    assert (answer.status_code, answer.json()) == (200, [{"update_id": "u-1"}])
    assert now(case) == after
    assert "words" in Note.objects.latest("pk").text


@pytest.mark.parametrize(
    ("before", "status", "after"),
    [
        (S.RESOLVED, "FIXED", S.CLOSED), (S.RESOLVED, "OPEN", S.REOPENED), (S.HOLD, "OPEN", S.WORKING),
        (S.WORKING, "OPEN", S.WORKING), (S.WAITING, "CANCELLED", S.WITHDRAWN), (S.WAITING, "FIXED", S.WAITING),
    ],
)  # fmt: skip
def test_the_senders_system_speaks_for_whoever_asked(
    machine: Machine, world: World, before: Status, status: str, after: Status
) -> None:
    case = case_of(world, world.dan, S.WORKING if before in {S.HOLD, S.RESOLVED} else before)
    if before == S.HOLD:
        actions.hold(case=case, by=world.ben, question="which door?")
    if before == S.RESOLVED:
        actions.resolve(case=case, by=world.ben, reply="done")
    assert told(machine, case, status).status_code == 200
    assert now(case) == after


def test_an_update_is_taken_once(machine_of: Any, world: World) -> None:
    case, ben = make_case(world, S.WORKING), machine_of(world.ben)
    assert told(ben, case, "IN_PROGRESS").status_code == 200
    again = told(ben, case, "IN_PROGRESS")
    assert again.status_code == 400 and "already exists" in again.json()[0]["description"]
    assert told(ben, case, "IN_PROGRESS", update_id="u-2").status_code == 200
    assert Note.objects.count() == 2


def test_what_the_rules_forbid_is_refused_and_changes_nothing(machine_of: Any, world: World) -> None:
    world.service.needs_proof = True
    world.service.save()
    case = make_case(world)
    assert told(machine_of(world.ben), case, "FIXED").status_code == 400
    assert now(case) == S.WAITING and not Event.objects.filter(verb="open311_update").exists()
    assert told(machine_of(world.ben), case, "NO_FURTHER_ACTION").status_code == 403
    assert told(machine_of(world.sam), case, "NO_FURTHER_ACTION").status_code == 200
    assert now(case) == S.DECLINED


def test_a_case_of_others_does_not_exist(machine: Machine, machine_of: Any, world: World) -> None:
    case = make_case(world, S.WORKING)
    for peer in (machine, machine_of(world.eve)):
        assert told(peer, case, "FIXED").status_code == 404
    assert told(machine, case, "FIXED", api_key="").status_code == 403
    assert now(case) == S.WORKING


def test_what_is_over_stays_over(machine: Machine, world: World) -> None:
    case = case_of(world, world.dan)
    actions.withdraw(case=case, by=world.olga)
    assert told(machine, case, "OPEN").status_code == 400


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ({"update_id": ""}, "update_id"), ({"description": " "}, "description"), ({"status": "BROKEN"}, "REOPEN"),
        ({"updated_datetime": "soon"}, "updated_datetime"), ({"update_id": "a b"}, "update_id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(machine_of: Any, world: World, said: dict[str, str], word: str) -> None:
    answer = told(machine_of(world.ben), make_case(world), **{"status": "OPEN", **said})
    assert answer.status_code == 400 and word in answer.json()[0]["description"]


def test_several_things_that_lack_are_several_errors(machine_of: Any, world: World) -> None:
    assert len(machine_of(world.ben).post("servicerequestupdates.json").json()) == 5


def test_an_id_that_is_no_number_is_nowhere(machine_of: Any, world: World) -> None:
    answer = told(machine_of(world.ben), make_case(world), "OPEN", service_request_id="9" * 30)
    assert answer.status_code == 404
