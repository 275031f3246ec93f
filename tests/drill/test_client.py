"""The city's public addresses."""

from contextlib import closing

import pytest

from bihuan.drill.client import Client, see
from bihuan.drill.posts import Account
from bihuan.drill.wire import Wire
from tests.drill.small_city import SmallCity, running

pytestmark = pytest.mark.once

BEN = Account("ben", "officer", "power", "Ben", "ben-token")
BODY = {"client_id": "a", "service": "power_failure", "phone": "19900004321"}


@pytest.fixture
def city():
    return SmallCity()


@pytest.fixture
def client(city):
    with running(city) as url, closing(Wire(url, waits_s=())) as wire:
        yield Client(wire)


def test_a_case_is_found_by_its_receipt(client) -> None:
    receipt = client.submit(BODY).value()["receipt"]
    case = client.find_case(receipt, BEN)
    assert (case.id, case.status, case.agency) == (1, "waiting", "power")


def test_before_triage_there_is_no_case(client, city) -> None:
    city.blind = 1
    receipt = client.submit(BODY).value()["receipt"]
    assert client.find_case(receipt, BEN) is None


def test_staff_act_under_their_own_token(client, city) -> None:
    receipt = client.submit(BODY).value()["receipt"]
    assert client.act(client.find_case(receipt, BEN), "accept", {}, BEN).is_good
    assert city.deeds == [(1, "accept", "ben-token")]


@pytest.mark.parametrize("way", [Client.act_as_asker, Client.act_on_page])
def test_the_asker_shows_the_telephones_last_digits(client, city, way) -> None:
    receipt = client.submit(BODY).value()["receipt"]
    assert way(client, receipt, BODY["phone"], "withdraw", "").is_good
    assert city.cases[1]["status"] == "withdrawn"


@pytest.mark.parametrize("way", [Client.act_as_asker, Client.act_on_page])
def test_with_the_wrong_digits_the_asker_gets_nowhere(client, city, way) -> None:
    receipt = client.submit(BODY).value()["receipt"]
    assert not way(client, receipt, "19900009999", "withdraw", "").is_good
    assert city.deeds == []


def test_a_photo_is_handed_in_as_a_file(client, city) -> None:
    assert client.upload("a", BEN) == "photo"
    assert b'filename="proof.jpg"' in city.photos[0]
    assert b"\xff\xd8\xff" in city.photos[0]


def test_teams_are_asked_for_once(client) -> None:
    assert client.teams_of("power", BEN) == [7, 8]
    client.wire.port = 1
    assert client.teams_of("power", BEN) == [7, 8]


def test_where_an_agency_has_no_team_any_may_go_that_the_officer_may_send(client) -> None:
    assert client.teams_of("water", BEN) == [7, 8, 9]


def test_a_case_without_an_owner_can_be_seen() -> None:
    assert see({"id": 3, "status": "triage", "agency": None}).agency == ""
