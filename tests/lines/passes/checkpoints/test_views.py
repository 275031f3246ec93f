"""What a device is answered: enrolled with a word, then by its signature alone."""

import json
from base64 import b64encode

import pytest
from django.test import Client

from bihuan.lines.passes.checkpoints import enrolling
from bihuan.lines.passes.models import Scan
from bihuan.lines.passes.seal import halts, keys
from bihuan.lines.passes.states import Status
from tests.lines.passes.checkpoints.known import Telephone, make_site, make_telephone
from tests.lines.passes.known import make_pass
from tests.lines.passes.seal.known import CITY
from tests.spine.cases.known import World

KEY = b64encode(CITY.public_key().public_bytes_raw()).decode()
JSON = "application/json"


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def sync(client: Client, body: bytes) -> tuple[int, dict[str, object]]:
    answer = client.post("/field/checkpoint/sync", body, content_type=JSON)
    return answer.status_code, answer.json()


def test_the_page_holds_nothing_of_anybody(db: None, client: Client) -> None:
    page = client.get("/field/checkpoint/")
    assert page.status_code == 200 and b'id="words"' in page.content


def test_a_device_enrols_with_its_word(world: World, strict: Client) -> None:
    _, token = enrolling.invite(site=make_site(), name="gate", by=world.sam)
    asked = {"token": token, "alg": -8, "public": KEY}
    answer = strict.post("/field/checkpoint/enrol", json.dumps(asked), content_type=JSON)
    assert answer.json()["site"]["name"] == "east"
    assert answer.json()["keys"][0]["public"] == b64encode(keys.current().public).decode()
    again = strict.post("/field/checkpoint/enrol", json.dumps(asked), content_type=JSON)
    assert (again.status_code, again.json()["type"]) == (409, "urn:bihuan:problem:token")


@pytest.mark.parametrize("body", ["", "{}", '{"token": "x", "alg": -8, "public": "?"}'])
def test_another_form_is_a_problem(db: None, strict: Client, body: str) -> None:
    assert strict.post("/field/checkpoint/enrol", body, content_type=JSON).status_code == 422


def test_a_round_takes_scans_and_gives_lists(world: World, strict: Client) -> None:
    phone = make_telephone(world)
    valid, gone = make_pass(world, Status.ISSUED), make_pass(world, Status.REVOKED)
    status, answer = sync(strict, phone.envelope(papers=[phone.paper()]))
    assert status == 200 and answer["taken"] == [str(Scan.objects.get().pk)]
    assert list(halts.read(str(answer["halts"]), keys.believed()).changed) == [gone.number]
    assert answer["passes"][0][0] == valid.number  # type: ignore[index]
    assert answer["more"] is False and answer["speed"] == 1.0


def test_a_blocked_device_brings_nothing_in(world: World, strict: Client) -> None:
    phone = make_telephone(world)
    enrolling.block(device=phone.device, by=world.sam)
    status, answer = sync(strict, phone.envelope(papers=[phone.paper()]))
    assert (status, answer["type"]) == (403, "urn:bihuan:problem:blocked")
    assert not Scan.objects.exists()


def test_a_stranger_is_told_nothing(world: World, strict: Client) -> None:
    phone = make_telephone(world)
    status, answer = sync(strict, Telephone(phone.device, CITY).envelope())
    assert status == 403 and "passes" not in answer
