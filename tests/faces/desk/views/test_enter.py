"""The operator's form."""

import pytest

from bihuan.kernel.ids import format_receipt
from bihuan.spine.accounts.models import Role
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.door.models import Submission
from bihuan.spine.places.models import District, Site
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case, make_service

SAID = {
    "client_id": "call-0001",
    "service": "power_failure",
    "text": "no power since six",
    "phone": "199 0000 5526",
}


@pytest.mark.django_db(transaction=True)
def test_a_call_becomes_a_case_and_a_receipt_to_read_aloud(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post("/desk/enter/", SAID, follow=True)
    submission = Submission.objects.get()
    assert format_receipt(submission.receipt) in answer.content.decode()
    assert (submission.channel, submission.asker.case.summary) == ("telephone", "no power since six")


@pytest.mark.django_db(transaction=True)
def test_the_same_call_sent_twice_is_one_case(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.olga)
    client.post("/desk/enter/", SAID)
    client.post("/desk/enter/", SAID)
    assert Case.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_receipt_is_not_in_the_address(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.olga).post("/desk/enter/", SAID)["Location"] == "/desk/enter/receipt/"


def test_without_a_call_there_is_no_receipt(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.olga).get("/desk/enter/receipt/")["Location"] == "/desk/enter/"


def test_what_is_wrong_is_said_beside_the_field(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post("/desk/enter/", {**SAID, "phone": "12", "text": ""})
    assert answer.status_code == 422
    assert {"phone", "text"} <= answer.context["form"].errors.keys()


def test_the_callers_open_cases_appear_as_the_number_is_typed(world: World, sign_in: SignIn) -> None:
    known = make_case(world, summary="power since six")
    make_case(world, Status.CLOSED, summary="long ago")
    text = sign_in(world.olga).post("/desk/enter/caller/", {"phone": "199 0000 5526"}).content.decode()
    assert f"/desk/case/{known.pk}/note/" in text and "power since six" in text
    assert "long ago" not in text


def test_half_a_number_finds_nothing_and_says_nothing_wrong(world: World, sign_in: SignIn) -> None:
    make_case(world)
    answer = sign_in(world.olga).post("/desk/enter/caller/", {"phone": "199"})
    assert answer.status_code == 200 and b"/note/" not in answer.content


def test_numbers_are_never_asked_for_in_an_address(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.olga).get("/desk/enter/caller/?phone=19900005526").status_code == 405


def test_the_questions_of_the_service_appear(world: World, sign_in: SignIn) -> None:
    asked = [{"code": "floor", "kind": "number", "zh": "几楼", "en": "Which floor", "choices": []}]
    make_service("lift", questions=asked)
    assert b"Which floor" in sign_in(world.olga).get("/desk/enter/questions/?service=lift").content


def test_places_are_suggested_by_their_beginning(world: World, sign_in: SignIn) -> None:
    district = District.objects.create(code="430211", level="county", name_zh="天元区")
    Site.objects.create(code="a", kind="compound", name_zh="星河小区", district=district, lon=113.1, lat=27.8)
    text = sign_in(world.olga).get("/desk/enter/sites/?site=星河").content.decode()
    assert "星河小区" in text and "天元区" in text


def test_the_form_is_for_operators(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    for path in ("", "receipt/", "questions/"):
        assert client.get(f"/desk/enter/{path}").status_code == 403
    assert client.post("/desk/enter/caller/", {"phone": "19900005526"}).status_code == 403


def test_places_are_found_by_officers_too_who_print_lists_of_them(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get("/desk/enter/sites/").status_code == 200
    assert sign_in(world.max).get("/desk/enter/sites/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_what_the_door_lacks_is_said_beside_its_field(world: World, sign_in: SignIn) -> None:
    make_service("lift", needs=["place"])
    answer = sign_in(world.olga).post("/desk/enter/", {**SAID, "service": "lift"})
    assert answer.status_code == 422
    assert "site" in answer.context["form"].errors


def test_a_nul_is_no_service(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.olga).post("/desk/enter/", SAID | {"service": "a\0b"}).status_code == 422


def test_a_caller_whose_cases_are_another_offices_is_not_told_of(world: World, sign_in: SignIn) -> None:
    world.eve.role = Role.objects.create(code="desk", permissions=[Permission.ENTER, Permission.VIEW_OWN])
    world.eve.save()
    case = make_case(world, summary="no power since six")
    heard = sign_in(world.eve).post("/desk/enter/caller/", {"phone": "19900005526"}).content.decode()
    assert case.summary not in heard
