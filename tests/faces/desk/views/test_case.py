"""The Case page and its actions."""

import pytest

from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.models import Message
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case

HTMX = {"hx-request": "true"}


@pytest.fixture
def case(world: World) -> Case:
    return make_case(world, summary="no power since six")


def test_the_page_shows_ask_asker_and_history(world: World, case: Case, sign_in: SignIn) -> None:
    actions.note(case=case, by=world.ida, text="called, nobody answers")
    text = sign_in(world.ben).get(f"/desk/case/{case.pk}/").content.decode()
    assert "•••• 5526" in text
    assert "called, nobody answers" in text


def test_the_telephone_is_not_in_the_page(world: World, case: Case, sign_in: SignIn) -> None:
    assert b"19900005526" not in sign_in(world.ben).get(f"/desk/case/{case.pk}/").content


def test_actions_are_offered_or_explained(world: World, case: Case, sign_in: SignIn) -> None:
    context = sign_in(world.ben).get(f"/desk/case/{case.pk}/").context
    offered = {offer.deed.verb for offer in context["offers"]}
    denied = {one.deed.verb: one.why_not for one in context["denied"]}
    assert "accept" in offered and "resolve" not in offered
    assert "waiting for the agency" in denied["resolve"]


def test_an_auditor_is_told_why_nothing_can_be_done(world: World, case: Case, sign_in: SignIn) -> None:
    context = sign_in(world.max).get(f"/desk/case/{case.pk}/").context
    assert all(one.why_not for one in context["denied"])


def test_a_foreign_case_does_not_exist(world: World, case: Case, sign_in: SignIn) -> None:
    client = sign_in(world.eve)
    assert client.get(f"/desk/case/{case.pk}/").status_code == 404
    assert client.post(f"/desk/case/{case.pk}/accept/").status_code == 404


def test_accept_without_scripts_comes_back_to_the_page(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/", {"seen": "waiting"})
    assert answer["Location"] == f"/desk/case/{case.pk}/"
    case.refresh_from_db()
    assert case.officer == world.ben


def test_accept_from_the_list_goes_back_to_the_list(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/", {"next": "/desk/?mine=1"})
    assert answer["Location"] == "/desk/?mine=1"


def test_a_way_out_of_the_house_is_not_followed(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/", {"next": "https://evil.example/"})
    assert answer["Location"] == f"/desk/case/{case.pk}/"


def test_accept_with_htmx_gives_the_page_as_it_is_now(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/", headers=HTMX)
    assert answer.status_code == 200
    assert b"<html" not in answer.content and b"status-accepted" in answer.content


def test_accept_from_a_row_gives_the_row(world: World, case: Case, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/?row", headers=HTMX)
    assert answer.content.decode().lstrip().startswith(f'<li class="qrow" id="case-{case.pk}"')


def test_the_second_officer_is_told_who_was_first(world: World, case: Case, sign_in: SignIn) -> None:
    actions.accept(case=case, by=world.ida)
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/", {"seen": "waiting"})
    assert answer.status_code == 409
    assert "accepted by Ida" in answer.context["error"].message
    assert answer.context["case"].officer == world.ida


def test_the_second_officers_row_shows_the_truth_and_a_notice(
    world: World, case: Case, sign_in: SignIn
) -> None:
    actions.accept(case=case, by=world.ida)
    text = sign_in(world.ben).post(f"/desk/case/{case.pk}/accept/?row", headers=HTMX).content.decode()
    assert "status-accepted" in text
    assert 'hx-swap-oob="innerHTML:#notice"' in text and "accepted by Ida" in text


def test_a_verb_without_its_words_comes_back_with_the_form_open(
    world: World, case: Case, sign_in: SignIn
) -> None:
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/return_to_triage/", {"reason": ""})
    assert answer.status_code == 422
    opened = [offer for offer in answer.context["offers"] if offer.is_open]
    assert [offer.deed.verb for offer in opened] == ["return_to_triage"]
    assert opened[0].form.errors


def test_what_was_typed_survives_a_refusal(world: World, case: Case, sign_in: SignIn) -> None:
    child = actions.add_child(
        case=actions.accept(case=case, by=world.ben),
        service=world.service,
        agency=world.water,
        text="x",
        by=world.ben,
    )
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/resolve/", {"reply": "all done now"})
    assert answer.status_code == 422
    assert f"No. {child.pk}" in answer.context["error"].message


def test_a_case_given_away_leads_back_to_the_queue(world: World, case: Case, sign_in: SignIn) -> None:
    said = {"reason": "not ours"}
    answer = sign_in(world.ben).post(f"/desk/case/{case.pk}/return_to_triage/", said)
    assert answer["Location"] == "/desk/"
    other = make_case(world)
    answer = sign_in(world.ben).post(f"/desk/case/{other.pk}/return_to_triage/", said, headers=HTMX)
    assert answer["HX-Redirect"] == "/desk/"


def test_an_unknown_verb_does_not_exist(world: World, case: Case, sign_in: SignIn) -> None:
    assert sign_in(world.ben).post(f"/desk/case/{case.pk}/explode/").status_code == 404


def test_verbs_are_posted(world: World, case: Case, sign_in: SignIn) -> None:
    assert sign_in(world.ben).get(f"/desk/case/{case.pk}/accept/").status_code == 405


def test_messages_and_their_state_are_shown(world: World, case: Case, sign_in: SignIn) -> None:
    actions.accept(case=case, by=world.ben)
    Message.objects.update(status="failed", error="no such number")
    assert b"no such number" in sign_in(world.ben).get(f"/desk/case/{case.pk}/").content


def test_a_case_on_hold_shows_that_its_clock_stands_still(world: World, sign_in: SignIn) -> None:
    case = actions.hold(case=make_case(world, Status.ACCEPTED), by=world.ben, question="Which floor?")
    assert b"stands still" in sign_in(world.ben).get(f"/desk/case/{case.pk}/").content


def test_a_way_back_that_is_no_address_of_ours_is_not_taken(
    world: World, case: Case, sign_in: SignIn
) -> None:
    client = sign_in(world.ben)
    for said in ("desk", "//evil.example", "https://evil.example", "a:b"):
        answer = client.post(f"/desk/case/{case.pk}/note/", {"text": "x", "next": said})
        assert answer["Location"] == f"/desk/case/{case.pk}/"
