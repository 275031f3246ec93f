"""Reading one personal field."""

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case

HTMX = {"hx-request": "true"}


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world)


def _address(case: Case, field: str = "phone") -> str:
    return f"/desk/case/{case.pk}/private/{case.askers.get().submission_id}/{field}/"


def test_a_click_asks_the_purpose_first(world: World, case: Case, sign_in: SignIn) -> None:
    text = sign_in(world.ben).get(_address(case), headers=HTMX).content.decode()
    assert 'name="purpose"' in text and "19900005526" not in text


def test_with_a_purpose_the_field_is_shown_and_the_reading_written_down(
    world: World, case: Case, sign_in: SignIn
) -> None:
    answer = sign_in(world.ben).post(_address(case), {"purpose": "call_back"}, headers=HTMX)
    assert b"+8619900005526" in answer.content
    event = Event.objects.get(verb="reveal")
    assert (event.actor, event.case_id, event.detail["purpose"]) == (world.ben, case.pk, "call_back")


def test_without_a_purpose_nothing_is_shown(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(_address(case), {"purpose": " "}, headers=HTMX)
    assert b"19900005526" not in answer.content
    assert not Event.objects.filter(verb="reveal").exists()


def test_it_works_without_scripts(world: World, case: Case, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    assert b"<html" in client.get(_address(case)).content
    assert b"+8619900005526" in client.post(_address(case), {"purpose": "call_back"}).content


def test_no_cache_keeps_what_was_shown(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(_address(case), {"purpose": "call_back"})
    assert "no-store" in answer["Cache-Control"]


def test_a_role_without_the_permission_is_kept_out(world: World, case: Case, sign_in: SignIn) -> None:
    assert sign_in(world.max).post(_address(case), {"purpose": "other"}).status_code == 403


def test_another_agency_does_not_find_it(world: World, case: Case, sign_in: SignIn) -> None:
    assert sign_in(world.eve).post(_address(case), {"purpose": "other"}).status_code == 404


def test_a_submission_of_another_case_is_not_found(world: World, case: Case, sign_in: SignIn) -> None:
    other = make_case(world).askers.get().submission_id
    assert sign_in(world.ben).post(f"/desk/case/{case.pk}/private/{other}/phone/").status_code == 404


def test_a_field_that_is_empty_is_not_found(world: World, case: Case, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get(_address(case, "door")).status_code == 404


def test_a_number_that_no_row_can_have_is_not_found(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    assert sign_in(world.ben).get(f"/desk/case/{case.pk}/private/{10**30}/name/").status_code == 404
