"""The pages of links."""

import pytest
from django.test import Client

from bihuan.lines.abroad.models import Link, Mapping, State
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Case
from tests.faces.desk.conftest import SignIn
from tests.lines.abroad.going import change, go, newest
from tests.lines.abroad.peer import Peer
from tests.spine.cases.known import World, make_user


@pytest.fixture
def client(world: World, sign_in: SignIn) -> Client:
    return sign_in(make_user("ada", write_roles()["administrator"], None))


def test_an_agency_is_linked_and_the_key_never_shown(client: Client, peer: Peer, world: World) -> None:
    said = {"agency": world.water.pk, "url": peer.url, "key": "very-secret", "sends_words": "on"}
    page = client.post("/abroad/", said, follow=True)
    made = Link.objects.get()
    assert made.sends_words and not made.sends_person and b"very-secret" not in page.content
    assert client.post("/abroad/", said).status_code == 422


def test_a_trial_shows_what_was_found_and_what_it_wants(client: Client, link: Link, peer: Peer) -> None:
    change(link, url=f"{peer.far.url}/discovery.xml")
    page = client.post(f"/abroad/{link.pk}/do/trial/").content.decode()
    assert "Potholes" in page and "<code>where</code>" in page and Link.objects.get().url == peer.url


def test_a_trial_that_fails_says_why(client: Client, link: Link) -> None:
    change(link, url="http://127.0.0.1:9/v2")
    assert "ConnectionRefusedError" in client.post(f"/abroad/{link.pk}/do/trial/").content.decode()


def test_a_code_is_kept_and_taken_away(client: Client, link: Link, world: World) -> None:
    said = {"service": world.service.pk, "code": "X1", "attributes": "depth: how_deep\nkind: =hole"}
    client.post(f"/abroad/{link.pk}/code/", said)
    assert Mapping.objects.get().attributes == {"depth": "how_deep", "kind": "=hole"}
    assert client.post(f"/abroad/{link.pk}/code/", said | {"attributes": "nonsense"}).status_code == 422
    client.post(f"/abroad/{link.pk}/code/", said | {"code": ""})
    assert not Mapping.objects.exists()


def test_without_a_new_key_the_old_one_stays(client: Client, link: Link, peer: Peer) -> None:
    client.post(f"/abroad/{link.pk}/", {"url": peer.url, "jurisdiction": "y.gov"})
    changed = Link.objects.get()
    assert (changed.jurisdiction, changed.key_sealed) == ("y.gov", link.key_sealed)


def test_off_nothing_goes_out_and_on_it_does(client: Client, link: Link, peer: Peer, case: Case) -> None:
    client.post(f"/abroad/{link.pk}/do/off/")
    assert not Link.objects.get().is_active
    client.post(f"/abroad/{link.pk}/do/on/")
    assert go(link).state == State.TAKEN


@pytest.mark.parametrize(("deed", "state"), [("have", "taken"), ("again", "waiting"), ("back", "refused")])
def test_a_person_decides_of_what_is_unclear(
    client: Client, link: Link, peer: Peer, case: Case, deed: str, state: str
) -> None:
    peer.fault = "broken"
    go(link)
    address = f"/abroad/{link.pk}/unclear/{newest(link).pk}/"
    assert address in client.get(f"/abroad/{link.pk}/").content.decode()
    assert client.post(address, {"deed": deed, "number": "77"}).status_code == 302
    assert newest(link).state == state
    assert client.post(address, {"deed": deed, "number": "78"}).status_code == 409


def test_they_have_it_needs_the_number(client: Client, link: Link, peer: Peer, case: Case) -> None:
    peer.fault = "broken"
    go(link)
    assert client.post(f"/abroad/{link.pk}/unclear/{newest(link).pk}/", {"deed": "have"}).status_code == 422


def test_what_is_not_there_is_not_found(client: Client, link: Link) -> None:
    for path in (f"{link.pk}/do/dance/", f"{link.pk}/unclear/9/", f"{link.pk + 1}/do/on/"):
        assert client.post(f"/abroad/{path}").status_code == 404


def test_an_officer_has_no_such_page(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/abroad/").status_code == 403
