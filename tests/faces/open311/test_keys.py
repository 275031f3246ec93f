"""An api_key in any of its places."""

from typing import Any

from bihuan.spine.accounts.models import Token
from bihuan.spine.accounts.tokens import revoke
from tests.faces.open311.conftest import PLACE, Machine
from tests.spine.cases.known import World


def asked(world: World) -> dict[str, str]:
    return {"service_code": world.service.code, **PLACE}


def test_a_key_counts_in_body_in_address_and_as_a_bearer_token(machine: Machine, world: World) -> None:
    address, client = "/open311/v2/requests.xml", machine.client
    ways: list[Any] = [
        client.post(address, {"api_key": machine.key, **asked(world)}),
        client.post(f"{address}?api_key={machine.key}", asked(world)),
        client.post(address, asked(world), headers={"authorization": f"Bearer {machine.key}"}),
    ]
    assert [answer.status_code for answer in ways] == [200, 200, 200]


def test_no_key_a_wrong_one_and_a_revoked_one_are_refused(machine: Machine, world: World) -> None:
    keys = ["", "nonsense", machine.key]
    revoke(Token.objects.get())
    for key in keys:
        answer = machine.post(**{**asked(world), "api_key": key})
        assert (answer.status_code, answer.json()[0]["code"]) == (403, "403")


def test_a_session_is_no_key(machine: Machine, world: World) -> None:
    machine.client.force_login(world.ben)
    assert machine.client.post("/open311/v2/requests.xml", asked(world)).status_code == 403
