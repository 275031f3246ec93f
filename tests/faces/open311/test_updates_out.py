"""What systems that follow requests are told."""

from typing import Any

from bihuan.faces.open311.creating import prefix_of
from bihuan.kernel import xml
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.faces.open311.conftest import Machine
from tests.spine.cases.known import World, make_asker, make_case


def case_of(world: World, sender: User, status: Status = Status.WAITING) -> Case:
    """A Case that came in by somebody's key."""
    case = make_case(world, status, askers=0)
    make_asker(case, client_id=f"{prefix_of(sender)}{case.pk}")
    return case


def updates(machine: Machine, **said: str) -> list[dict[str, Any]]:
    answer = machine.get("servicerequestupdates.json", api_key=machine.key, **said)
    assert answer.status_code == 200, answer.content
    return list(answer.json())


def test_a_sender_hears_of_each_step_with_its_words(machine: Machine, world: World) -> None:
    case = case_of(world, world.dan)
    actions.resolve(
        case=actions.accept(case=case, by=world.ben), by=world.ben, reply="light at 12栋3单元502室"
    )
    found = updates(machine)
    assert [one["status"] for one in found] == ["INVESTIGATING", "FIXED"]
    assert found[1]["description"] == "light at …" and found[0]["description"].startswith("Power grid")
    assert {one["service_request_id"] for one in found} == {str(case.pk)}


def test_nobody_hears_of_the_requests_of_others(machine: Machine, machine_of: Any, world: World) -> None:
    actions.accept(case=case_of(world, world.cleo), by=world.ben)
    assert updates(machine) == []
    assert updates(machine_of(world.eve)) == []
    assert len(updates(machine_of(world.ben))) == 1


def test_a_key_is_needed(machine: Machine) -> None:
    assert machine.get("servicerequestupdates.xml").status_code == 403


def test_what_askers_and_officers_write_to_themselves_is_not_told(machine: Machine, world: World) -> None:
    case = case_of(world, world.dan, Status.WORKING)
    actions.note(case=case, by=world.ben, text="zebra")
    actions.return_to_triage(case=case_of(world, world.dan), by=world.ben, reason="zebra of the water works")
    assert "zebra" not in str(updates(machine))


def test_a_merged_request_is_followed_under_its_own_number(machine: Machine, world: World) -> None:
    case, into = case_of(world, world.dan), make_case(world)
    actions.merge(case=case, into=into, by=world.olga)
    actions.accept(case=Case.objects.get(pk=into.pk), by=world.ben)
    found = updates(machine)
    assert ("INVESTIGATING", str(case.pk)) in {(one["status"], one["service_request_id"]) for one in found}
    assert str(into.pk) not in {one["service_request_id"] for one in found}


def test_a_span_narrows_and_ids_differ(machine: Machine, world: World) -> None:
    actions.accept(case=case_of(world, world.dan), by=world.ben)
    actions.accept(case=case_of(world, world.dan), by=world.ben)
    assert len({one["update_id"] for one in updates(machine)}) == 2
    assert updates(machine, end_date="2020-01-01T00:00:00Z") == []


def test_in_xml_they_lie_where_fixmystreet_looks(machine: Machine, world: World) -> None:
    actions.accept(case=case_of(world, world.dan), by=world.ben)
    root = xml.read(machine.get("servicerequestupdates.xml", api_key=machine.key).content)
    assert root.tag == "service_request_updates"
    assert [xml.text_of(one, "status") for one in root.findall("request_update")] == ["INVESTIGATING"]
