"""What other machines are told, against the published schemas."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT4

from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.states import Status
from tests.faces.open311.conftest import Machine
from tests.spine.cases.known import World, make_case


@pytest.fixture
def check(shared: Path) -> Any:
    """``check(name, document)`` holds a document against a published schema."""
    schemas = {
        path.name: json.loads(path.read_text()) for path in (shared / "data/open311/schema").glob("*.json")
    }
    known: Any = Registry().with_resources(
        [(name, Resource(schema, DRAFT4)) for name, schema in schemas.items()]
    )

    def check(name: str, document: object) -> None:
        Draft4Validator(schemas[name], registry=known).validate(document)

    return check


def test_services_fit_the_schema(machine: Machine, pothole: Service, check: Any) -> None:
    found = machine.get("services.json").json()
    check("services.json", found)
    shown = {one["service_code"]: one for one in found}["POT"]
    assert shown == {
        "service_code": "POT", "service_name": "Pothole Repairs", "description": "Pothole Repairs Service",
        "metadata": True, "type": "batch", "keywords": "deep, hole", "group": "highways",
    }  # fmt: skip


def test_a_definition_fits_the_schema(machine: Machine, pothole: Service, check: Any) -> None:
    found = machine.get("services/POT.json").json()
    check("service-definition.json", found)
    assert [one["order"] for one in found["attributes"]] == [1, 2, 3]
    assert found["attributes"][0]["values"] == []
    assert found["attributes"][1]["values"][0] == {"key": "circle", "name": "Circle"}


def test_a_service_without_questions_has_an_empty_definition(machine: Machine, world: World) -> None:
    assert machine.get("services/power_failure.json").json()["attributes"] == []


@pytest.mark.parametrize("status", Status)
def test_a_request_fits_the_schema_in_every_state(
    machine: Machine, world: World, check: Any, status: Status
) -> None:
    into = {"merged_into": make_case(world), "is_open": False} if status == Status.MERGED else {}
    ended = {"ended_at": make_case(world).opened_at} if into else {}
    case = make_case(world, status, lon=113.1, lat=27.8, **into, **ended)
    found = machine.get(f"requests/{case.pk}.json").json()
    check("requests.json", found)
    assert found[0]["status"] == ("open" if case.is_open else "closed")


def test_a_request_tells_dates_and_who_is_responsible(machine: Machine, world: World) -> None:
    case = make_case(world, Status.CLOSED)
    Case.objects.filter(pk=case.pk).update(resolve_by=case.opened_at)
    shown = machine.get(f"requests/{case.pk}.json").json()[0]
    assert shown["agency_responsible"] == "Power grid"
    assert shown["updated_datetime"] == shown["expected_datetime"] == shown["requested_datetime"]


def test_a_merged_request_names_the_one_it_goes_on_with(machine: Machine, world: World) -> None:
    into = make_case(world)
    case = make_case(world)
    fields = {"status": Status.MERGED, "merged_into": into, "is_open": False, "ended_at": case.opened_at}
    Case.objects.filter(pk=case.pk).update(**fields)
    assert str(into.pk) in machine.get(f"requests/{case.pk}.json").json()[0]["status_notes"]


def test_names_are_told_in_the_readers_language(machine: Machine, pothole: Service) -> None:
    said = {"accept-language": "zh-hans"}
    found = machine.client.get("/open311/v2/services/POT.json", headers=said).json()
    assert found["attributes"][1]["description"] == "形状"


def test_nothing_that_anybody_wrote_is_shown(machine: Machine, world: World) -> None:
    make_case(world, summary="zebra 502", place="zebra lane 3", lon=113.1, lat=27.8)
    assert b"zebra" not in machine.get("requests.xml").content
