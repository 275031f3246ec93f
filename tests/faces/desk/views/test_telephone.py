"""The pop-up: a call opens the operator's form with what is known."""

from typing import Any

import pytest

from bihuan.kernel.private import seal, unseal
from bihuan.lines.protection import queries as care
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Call, CallState, Extension
from tests.faces.desk.conftest import SignIn
from tests.lines.protection.known import make_person
from tests.spine.cases.known import World, make_asker, make_case
from tests.spine.messages.calls.made import PHONE, ring, tell

SAID = {"service": "power_failure", "text": "no power since six"}


def _open(client: Any, call: Call) -> str:
    return str(client.get(f"/desk/enter/?call={call.pk}").content.decode())


def test_a_softphones_address_leads_to_one_without_a_number(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).get("/desk/telephone/pop", {"number": "199 0000 5526", "call": "c-1"})
    call = Call.objects.get()
    assert (call.call_id, call.phone) == ("c-1", PHONE)
    assert answer["Location"] == f"/desk/enter/?call={call.pk}"


def test_the_form_says_what_is_known_and_hides_the_number(world: World, sign_in: SignIn) -> None:
    case = make_case(world, summary="lift stands still")
    ask = make_asker(case).submission
    Submission.objects.filter(pk=ask.pk).update(site="星河小区", language="en")
    text = _open(sign_in(world.olga), ring())
    assert "•••• 5526" in text and "19900005526" not in text and "0000 5526" not in text
    assert "lift stands still" in text and f"/desk/case/{case.pk}/note/" in text
    assert 'value="星河小区"' in text and '<option value="en" selected>' in text


def test_what_somebody_else_may_not_see_is_not_shown(world: World, sign_in: SignIn) -> None:
    make_case(world, summary="theirs")
    world.olga.role.permissions = [Permission.ENTER, Permission.VIEW_OWN]  # type: ignore[union-attr]
    world.olga.role.save()  # type: ignore[union-attr]
    world.olga.agency = world.water
    world.olga.save()
    assert "theirs" not in _open(sign_in(world.olga), ring())


def test_somebody_on_the_care_list_is_marked_and_that_is_written_down(world: World, sign_in: SignIn) -> None:
    person = make_person(world, phone=PHONE)
    assert care.is_cared_for(bytes(person.phone_hash or b""))
    text = _open(sign_in(world.olga), ring())
    assert "On the care list" in text
    assert Event.objects.get(verb="call_opened").detail == {"known": ["care"]}


@pytest.mark.django_db(transaction=True)
def test_the_same_call_makes_one_ask(world: World, sign_in: SignIn) -> None:
    client, call = sign_in(world.olga), ring()
    text = _open(client, call)
    client_id = text.partition('name="client_id" value="')[2].partition('"')[0]
    body = SAID | {"client_id": client_id, "call": call.pk}
    first, again = (client.post("/desk/enter/", body) for _ in range(2))
    assert (first.status_code, again.status_code) == (302, 302)
    ask = Submission.objects.get()
    call.refresh_from_db()
    assert call.receipt == ask.receipt and ask.asker.phone_hash == call.phone_hash
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_second_operator_on_the_same_call_is_told_and_keeps_their_words(
    world: World, sign_in: SignIn
) -> None:
    call, client = ring(), sign_in(world.olga)
    client_id = _open(client, call).partition('name="client_id" value="')[2].partition('"')[0]
    body = SAID | {"client_id": client_id, "call": call.pk}
    client.post("/desk/enter/", body)
    other = sign_in(world.olga).post("/desk/enter/", body | {"text": "water too"})
    assert other.status_code == 422 and "water too" in other.content.decode()
    assert Submission.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_another_ask_of_the_same_caller_is_taken_on_purpose(world: World, sign_in: SignIn) -> None:
    call, client = ring(), sign_in(world.olga)
    for address in (f"/desk/enter/?call={call.pk}", f"/desk/enter/?call={call.pk}&more=1"):
        text = client.get(address).content.decode()
        client_id = text.partition('name="client_id" value="')[2].partition('"')[0]
        client.post("/desk/enter/", SAID | {"client_id": client_id, "call": call.pk, "text": address})
    assert Submission.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_name_and_door_stay_as_last_time_only_when_asked(world: World, sign_in: SignIn) -> None:
    make_asker(make_case(world))
    Submission.objects.update(name_sealed=seal("Ana"), door_sealed=seal("3-502"))
    client = sign_in(world.olga)
    client.post("/desk/enter/", SAID | {"client_id": "same-call", "call": ring("b").pk, "as_before": "on"})
    client.post("/desk/enter/", SAID | {"client_id": "plain-call", "call": ring("a").pk})
    plain, same = (Submission.objects.get(client_id=one) for one in ("plain-call", "same-call"))
    assert (plain.name_sealed, unseal(same.name_sealed), unseal(same.door_sealed)) == (None, "Ana", "3-502")


def test_a_withheld_number_opens_an_empty_form(world: World, sign_in: SignIn) -> None:
    make_case(world, summary="somebody else's")
    answer = sign_in(world.olga).get("/desk/telephone/pop?number=anonymous", follow=True)
    text = answer.content.decode()
    assert "withheld or unknown" in text and "somebody else" not in text


def test_the_number_is_opened_for_a_purpose_and_written_down(world: World, sign_in: SignIn) -> None:
    client, call = sign_in(world.olga), ring()
    address = f"/desk/telephone/{call.pk}/number/"
    assert PHONE not in client.get(address).content.decode()
    assert PHONE not in client.post(address, {"purpose": "curiosity"}).content.decode()
    assert not Event.objects.filter(verb="reveal").exists()
    assert PHONE in client.post(address, {"purpose": "call_back"}).content.decode()
    event = Event.objects.get(verb="reveal")
    assert (event.subject_type, event.actor, event.detail["purpose"]) == ("call", world.olga, "call_back")


def test_what_rings_is_listed_until_it_ends(world: World, sign_in: SignIn) -> None:
    client, call = sign_in(world.olga), ring()
    assert f"?call={call.pk}" in client.get("/desk/telephone/calls/").content.decode()
    assert f"?call={call.pk}" in client.get("/desk/").content.decode()
    tell(CallState.ENDED)
    assert f"?call={call.pk}" not in client.get("/desk/telephone/calls/").content.decode()


def test_pages_of_others_show_no_calls(world: World, sign_in: SignIn) -> None:
    call = ring()
    assert f"?call={call.pk}" not in sign_in(world.ben).get("/desk/").content.decode()


def test_a_seat_is_kept_and_nonsense_is_not(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.olga)
    client.post("/desk/telephone/seat/", {"extension": "8001"})
    client.post("/desk/telephone/seat/", {"extension": "<b>"})
    assert Extension.objects.get().number == "8001"


@pytest.mark.parametrize("number", ["0", "999999", "9" * 30, "x", "-1", "１"])
def test_a_call_that_is_not_there_is_404(world: World, sign_in: SignIn, number: str) -> None:
    assert sign_in(world.olga).get("/desk/enter/", {"call": number}).status_code == 404
