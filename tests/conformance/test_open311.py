"""The cases of the public suites for Open311, replayed against the server as it is served in earnest.

From SeeClickFix/open311-validator, kvlahromei/validopen311 (its create sent to ``services``, which is a slip), the
endpoint tests of mysociety/open311-adapter, 6aika/issue-reporting and ryanbriones/open311-api-tests.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.city import City
from tests.conformance.open311_client import Client

pytestmark = pytest.mark.slow
TYPE = "text/xml; charset=utf-8"
PLACE = {"lat": "27.8274", "long": "113.1325"}
ASKED = {"service_code": "power_failure", "attribute[extent]": "home", "attribute[matter]": "out", **PLACE}
BOOLEANS, KINDS = (
    {"true", "false"},
    {"string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"},
)


@pytest.fixture(scope="module")
def client(served_city: City) -> Client:
    return Client(f"{served_city.url}/open311/v2", served_city.account("operator")["token"])


@pytest.fixture(scope="module")
def number(client: Client) -> str:
    """The number of a request of our own."""
    return client.number_of(created(client))


def created(client: Client, **said: str) -> str:
    answer = client.post("requests", {**ASKED, "description": "dark", **said})
    assert (answer.status, answer.kind) == (200, TYPE), answer.errors
    return str(answer.root.findtext("request/token"))


def words(element: Any) -> dict[str, str]:
    return {child.tag: child.text or "" for child in element}


# --- SeeClickFix/open311-validator ---------------------------------------------------------------------------


def test_the_discovery_is_fit(client: Client) -> None:
    found = Client(client.endpoint.removesuffix("/v2"), "").get("discovery")
    assert (found.status, found.kind, found.root.tag) == (200, TYPE, "discovery")
    assert found.root.findtext("contact") and found.root.findtext("key_service")
    assert datetime.fromisoformat(found.root.findtext("changeset")) < datetime.now(UTC) + timedelta(days=1)
    endpoint = found.root.find("endpoints/endpoint")
    assert endpoint.findtext("type") in {"production", "test"}
    assert "text/xml" in [one.text for one in endpoint.findall("formats/format")]


# --- validopen311: structure and types of every answer ----------------------------------------------------------


def test_the_services_are_fit(client: Client) -> None:
    found = client.get("services")
    services = [words(one) for one in found.root.findall("service")]
    assert (found.status, found.kind) == (200, TYPE) and len(services) > 10
    for one in services:
        assert one["service_code"] and one["service_name"] and one["metadata"] in BOOLEANS
        assert one["type"] in {"realtime", "batch", "blackbox"} and "keywords" in one


def test_every_definition_is_fit(client: Client) -> None:
    services = [words(one) for one in client.get("services").root.findall("service")]
    for code in [one["service_code"] for one in services if one["metadata"] == "true"]:
        found = client.get(f"services/{code}")
        assert (found.status, found.kind, found.root.findtext("service_code")) == (200, TYPE, code)
        for attribute in map(words, found.root.findall("attributes/attribute")):
            assert {attribute["variable"], attribute["required"]} <= BOOLEANS
            assert attribute["code"] and attribute["datatype"] in KINDS and int(attribute["order"]) > 0


def test_requests_are_fit(client: Client, number: str) -> None:
    for found in (client.get("requests"), client.get(f"requests/{number}")):
        assert (found.status, found.kind, found.root.tag) == (200, TYPE, "service_requests")
        for one in map(words, found.root.findall("request")):
            assert one["status"] in {"open", "closed"} and one["service_code"] and one["service_name"]
            assert datetime.fromisoformat(one["requested_datetime"]).tzinfo
            assert {"lat", "long", "zipcode", "address", "media_url"} <= set(one)


@pytest.mark.parametrize(
    "said",
    [
        {"service_request_id": "3,5"}, {"service_code": "18"}, {"status": "closed"}, {"page": "2"},
        {"start_date": "PAST"}, {"end_date": "PAST"},
    ],
)  # fmt: skip
def test_each_filter_is_answered_with_a_set_be_it_empty(client: Client, said: dict[str, str]) -> None:
    # validopen311 sends the time of the world without an offset.
    past = (datetime.now(UTC) - timedelta(days=2)).replace(tzinfo=None).isoformat()
    found = client.get("requests", **{name: value.replace("PAST", past) for name, value in said.items()})
    assert (found.status, found.kind, found.root.tag) == (200, TYPE, "service_requests")


# --- open311-adapter: what is refused, and that it is said in errors -----------------------------------------------


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"service_code": ""}, 400),
        ({"api_key": ""}, 403),
        ({"api_key": "test"}, 403),
        ({"service_code": "BADGER"}, 404),
        ({"lat": "", "long": ""}, 400),
        ({"attribute[extent]": "starfish"}, 400),
        ({"attribute[extent]": ""}, 400),
    ],
)
def test_what_the_adapter_refuses_is_refused(client: Client, said: dict[str, str], status: int) -> None:
    answer = client.post("requests", ASKED | said)
    assert (answer.status, answer.root.tag, answer.kind) == (status, "errors", TYPE)
    assert answer.errors[0].startswith(f"{status}: ")


def test_an_optional_list_left_empty_is_taken(client: Client) -> None:
    assert created(client, **{"attribute[condition]": ""})


def test_bob_mould_of_acacia_avenue_is_served(client: Client) -> None:
    person = {"first_name": "Bob", "last_name": "Mould", "address_string": "22 Acacia Avenue"}
    assert created(client, **person)


# --- ryanbriones/open311-api-tests, and the retry that everybody makes ------------------------------------------


def test_create_token_request(client: Client, number: str) -> None:
    found = client.get(f"requests/{number}")
    assert found.root.findtext("request/service_code") == "power_failure"


def test_a_retry_gets_the_token_of_the_first(client: Client) -> None:
    assert created(client, description="the same twice") == created(client, description="the same twice")


# --- 6aika/issue-reporting: what its pull reads ---------------------------------------------------------------------


def test_several_numbers_give_just_those(client: Client, number: str) -> None:
    other = client.number_of(created(client, description="another"))
    found = client.get("requests", service_request_id=f"{number},{other}")
    assert {one.findtext("service_request_id") for one in found.root.findall("request")} == {number, other}
    assert not client.get("requests", service_request_id="unexisting_req_id").root.findall("request")


# --- Recorded answers: what is written there can be read by who reads ours -------------------------------------------


@pytest.mark.parametrize(
    ("recorded", "path"),
    [
        ("service-requests.xml", "requests"),
        ("dc-services.xml", "services"),
        ("discovery-dc.xml", "../discovery"),
        ("dc-services-S0301.xml", "services/power_failure"),
    ],
)
def test_ours_has_every_element_of_what_was_recorded(
    client: Client, number: str, shared: Path, recorded: str, path: str
) -> None:
    theirs = ElementTree.parse(shared / "data/open311/mocks" / recorded).getroot()
    ours = client.get(path.removeprefix("../")).root
    assert _paths(theirs) - _paths(ours) == set()


def _paths(element: Any, above: str = "") -> set[str]:
    here = f"{above}/{element.tag}"
    return {here}.union(*(_paths(child, here) for child in element))
