"""The addresses of GeoReport v2, played as clients play them."""

from datetime import UTC, datetime
from typing import Any

from bihuan.faces.open311 import dates
from bihuan.kernel import ids, xml
from bihuan.spine.cases.guessing import GUESSES
from bihuan.spine.cases.triage import triage_all
from tests.faces.open311.conftest import PLACE, Machine
from tests.spine.cases.known import World, make_case, make_submission


def sent(machine: Machine, form: str = "json") -> Any:
    return machine.post(f"requests.{form}", service_code="power_failure", description="dark", **PLACE)


def test_the_discovery_names_what_monitors_look_for(machine: Machine, settings: Any) -> None:
    settings.BIHUAN_GEOREPORT_CONTACT = "api@zz.example"
    found = machine.client.get("/open311/discovery.json").json()
    assert "api@zz.example" in found["contact"] and "api@zz.example" in found["key_service"]
    there = found["endpoints"][0]
    assert dates.read(found["changeset"], "changeset") < datetime(2027, 1, 1, tzinfo=UTC)
    assert (there["url"], there["type"]) == ("http://127.0.0.1:8000/open311/v2", "production")
    assert "text/xml" in there["formats"]


def test_the_discovery_is_the_same_in_xml_and_wherever_it_is_asked_for(machine: Machine) -> None:
    addresses = ("/open311/discovery", "/open311/discovery.xml", "/open311/v2/discovery.xml")
    bodies = {machine.client.get(address).content for address in addresses}
    assert len(bodies) == 1
    endpoint = xml.read(bodies.pop()).find("endpoints/endpoint")
    assert endpoint is not None and len(endpoint.findall("formats/format")) == 2


def test_a_request_gives_a_token_the_token_a_number_the_number_the_request(
    machine: Machine, world: World
) -> None:
    token = sent(machine).json()[0]["token"]
    assert machine.get(f"tokens/{token}.json").json() == [{"token": token}]
    triage_all()
    found = machine.get(f"tokens/{token}.json").json()[0]
    shown = machine.get(f"requests/{found['service_request_id']}.json").json()[0]
    assert (found["token"], shown["service_code"], shown["status"]) == (token, "power_failure", "open")


def test_a_request_in_xml_is_answered_in_xml_with_a_token_and_no_number(
    machine: Machine, world: World
) -> None:
    answer = sent(machine, "xml")
    request = xml.read(answer.content).find("request")
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    assert request is not None and [child.tag for child in request] == ["token"]
    assert ids.is_receipt(xml.text_of(request, "token"))


def test_an_account_is_told_back(machine: Machine, world: World) -> None:
    answer = machine.post(service_code="power_failure", account_id="a-7", **PLACE)
    assert answer.json()[0]["account_id"] == "a-7"


def test_an_unknown_token_is_nowhere_and_guessing_ends(machine: Machine, world: World) -> None:
    found = [machine.get(f"tokens/{ids.new_receipt()}.xml").status_code for _ in range(GUESSES + 1)]
    assert found == [404] * GUESSES + [429]


def test_a_receipt_of_another_channel_is_no_token(machine: Machine, world: World) -> None:
    assert machine.get(f"tokens/{make_submission().receipt}.json").status_code == 404


def test_a_request_that_is_not_is_nowhere(machine: Machine, world: World) -> None:
    case = make_case(world)
    paths = [f"requests/{one}.json" for one in (case.pk + 1, "abc", f"{case.pk},{case.pk}", "-1")]
    assert [machine.get(path).status_code for path in paths] == [404] * 4
