"""The page of webhooks."""

import pytest

from bihuan.kernel.private import unseal
from bihuan.spine.accounts.models import Role, User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.messages.models import Delivery, Endpoint
from bihuan.spine.messages.webhooks import switching
from bihuan.spine.messages.webhooks.kinds import KINDS
from bihuan.spine.messages.webhooks.signing import public_key
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_user

URL = "https://peer.example/hook"


@pytest.fixture
def ada(world: World) -> User:
    role: Role = write_roles()["administrator"]
    return make_user("ada", role, None)


def test_an_endpoint_is_made_and_its_secret_shown_just_once(ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    made = client.post("/desk/webhooks/", {"url": URL, "about": "City of Y", "kinds": "case.accept"})
    assert b"whsec_" in made.content and "no-store" in made.headers["Cache-Control"]
    endpoint = Endpoint.objects.get()
    assert endpoint.kinds == ["case.accept"]
    assert b"whsec_" not in client.get(f"/desk/webhooks/{endpoint.pk}/").content
    assert public_key(unseal(endpoint.secret_sealed)).encode() in made.content
    assert b"City of Y" in client.get("/desk/webhooks/").content


@pytest.mark.parametrize(
    "said", [{"url": "http://127.0.0.1/"}, {"url": URL, "kinds": "case.dance"}, {"url": ""}]
)
def test_what_is_wrong_is_said_on_the_form(ada: User, sign_in: SignIn, said: dict[str, str]) -> None:
    assert sign_in(ada).post("/desk/webhooks/", said).status_code == 422
    assert not Endpoint.objects.exists()


def test_every_deed_is_done_from_the_page(ada: User, sign_in: SignIn) -> None:
    client, (endpoint, _) = sign_in(ada), switching.add(by=ada, url=URL)
    address = f"/desk/webhooks/{endpoint.pk}"
    for deed in ("trial", "off", "on", "resend", "secret"):
        assert client.post(f"{address}/{deed}/").status_code in {200, 302}, deed
    delivery = Delivery.objects.get()
    Delivery.objects.update(status="failed", error="HTTP 500", answered=500, attempts=10)
    assert b"HTTP 500" in client.get(f"{address}/").content
    client.post(f"{address}/again/{delivery.pk}/")
    assert Delivery.objects.get().status == "waiting"


def test_what_is_not_there_is_not_found(ada: User, sign_in: SignIn) -> None:
    client, (endpoint, _) = sign_in(ada), switching.add(by=ada, url=URL)
    for path in (f"{endpoint.pk}/dance/", f"{endpoint.pk}/again/9/", f"{endpoint.pk + 1}/on/"):
        assert client.post(f"/desk/webhooks/{path}").status_code == 404
    assert client.get(f"/desk/webhooks/{endpoint.pk}/off/").status_code == 405


def test_an_officer_has_no_such_page(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/webhooks/").status_code == 403


def test_every_kind_can_be_ticked(ada: User, sign_in: SignIn) -> None:
    client = sign_in(ada)
    page = client.get("/desk/webhooks/").content.decode()
    assert all(f'value="{kind}"' in page for kind in KINDS)
    client.post("/desk/webhooks/", {"url": URL, "kinds": ["case.accept", "case.close"]})
    client.post("/desk/webhooks/", {"url": URL})
    assert list(Endpoint.objects.order_by("id").values_list("kinds", flat=True)) == [
        ["case.accept", "case.close"],
        [],
    ]
