"""Cases for programs."""

from typing import Any

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import PHONE, World, make_case, make_photo, make_world


def test_the_queue_is_listed_page_by_page(world: World, call: Any) -> None:
    cases = [make_case(world) for _ in range(5)]
    found, cursor = [], ""
    while cursor is not None:
        page = call(world.ben, "GET", f"/cases?limit=2&cursor={cursor}").json()
        found += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert found == [case.pk for case in cases]


def test_filters_narrow_the_queue(world: World, call: Any) -> None:
    make_case(world)
    urgent = make_case(world, priority="urgent")
    items = call(world.ben, "GET", "/cases?priority=urgent&late=false").json()["items"]
    assert [(item["id"], item["agency"]["code"]) for item in items] == [(urgent.pk, "grid")]


def test_many_receipts_are_looked_up_at_once_and_only_what_one_may_see_is_found(
    world: World, call: Any
) -> None:
    mine, other = make_case(world), make_case(world)
    receipts = [case.askers.get().submission.receipt for case in (mine, other)]
    asked = {"receipts": [f"{receipts[0][:4]} {receipts[0][4:]}", receipts[1], "000000000000"]}
    found = call(world.olga, "POST", "/cases/find", asked).json()["items"]
    assert [(row["receipt"], row["case"]["id"]) for row in found] == [
        (receipts[0], mine.pk),
        (receipts[1], other.pk),
    ]
    assert call(world.eve, "POST", "/cases/find", asked).json()["items"] == []
    assert call(world.olga, "POST", "/cases/find", {"receipts": ["1"] * 201}).status_code == 422


def test_a_case_is_found_by_its_receipt_even_when_it_has_ended(world: World, call: Any) -> None:
    case = make_case(world, Status.CLOSED)
    receipt = case.askers.get().submission.receipt
    assert [c["id"] for c in call(world.olga, "GET", f"/cases?receipt={receipt}").json()["items"]] == [
        case.pk
    ]
    assert call(world.eve, "GET", f"/cases?receipt={receipt}").json()["items"] == []


def test_one_case_shows_what_may_be_done_and_hides_the_telephone(world: World, call: Any) -> None:
    case = make_case(world)
    answer = call(world.ben, "GET", f"/cases/{case.pk}")
    shown = answer.json()
    assert answer.status_code == 200
    assert {each["verb"]: each["is_allowed"] for each in shown["allowed"]}["accept"]
    assert shown["askers"][0]["phone"] == "•••• 5526"
    assert PHONE[-8:] not in answer.content.decode()


def test_eve_of_another_agency_is_told_there_is_nothing(world: World, call: Any) -> None:
    case = make_case(world)
    for method, path in [("GET", ""), ("POST", "/accept"), ("POST", "/reveal")]:
        body = {"submission": 1, "field": "phone", "purpose": "x"} if path == "/reveal" else {}
        answer = call(world.eve, method, f"/cases/{case.pk}{path}", body if method == "POST" else None)
        missing = call(world.eve, method, f"/cases/999999{path}", body if method == "POST" else None)
        assert answer.status_code == 404
        assert answer.content == missing.content


def test_accept_answers_with_the_case_as_it_is_now(world: World, call: Any) -> None:
    case = make_case(world)
    answer = call(world.ben, "POST", f"/cases/{case.pk}/accept", {})
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["officer"]) == ("accepted", "Ben")


def test_a_verb_that_needs_no_words_needs_no_body(world: World, call: Any) -> None:
    assert call(world.ben, "POST", f"/cases/{make_case(world).pk}/accept").status_code == 200


def test_the_second_officer_gets_409_and_the_name_of_the_first(world: World, call: Any) -> None:
    case = make_case(world)
    call(world.ben, "POST", f"/cases/{case.pk}/accept", {})
    answer = call(world.ida, "POST", f"/cases/{case.pk}/accept", {})
    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "accepted by Ben at" in answer.json()["detail"]


def test_a_missing_permission_is_403_and_a_rule_422(world: World, call: Any) -> None:
    case = make_case(world)
    assert call(world.ben, "POST", f"/cases/{case.pk}/decline", {"reason": "x"}).status_code == 403
    assert call(world.ben, "POST", f"/cases/{case.pk}/resume", {}).status_code == 422


def test_a_missing_unknown_or_wrong_field_is_named(world: World, call: Any) -> None:
    case = make_case(world)
    for body in ({}, {"reason": 7}, {"reason": "x", "colour": "red"}):
        answer = call(world.ben, "POST", f"/cases/{case.pk}/return_to_triage", body)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["field"] in {"reason", "colour"}


def test_the_whole_way_of_a_case_can_be_gone_by_a_program(world: World, call: Any) -> None:
    path = f"/cases/{make_case(world).pk}"
    call(world.ben, "POST", f"{path}/accept", {})
    sent = call(world.ben, "POST", f"{path}/dispatch", {"title": "look at the meter", "team": world.team.pk})
    assert sent.json()["made"]
    assert call(world.ben, "POST", f"{path}/arrive", {}).status_code == 200
    assert call(world.ben, "POST", f"{path}/finish", {}).status_code == 200
    assert call(world.ben, "POST", f"{path}/hold", {"question": "who has the key?"}).status_code == 200
    assert call(world.olga, "POST", f"{path}/answer", {"text": "the porter"}).status_code == 200
    photo = str(make_photo().pk)
    done = call(world.ben, "POST", f"{path}/resolve", {"reply": "light is back", "photo": photo})
    assert done.json()["status"] == "resolved"
    shown = call(world.ben, "GET", path).json()
    assert [task["assignments"][0]["status"] for task in shown["tasks"]] == ["done"]
    assert shown["history"][-1]["photo"] == photo


def test_reveal_opens_a_field_and_leaves_an_event(world: World, call: Any) -> None:
    case = make_case(world)
    body = {"submission": case.askers.get().submission_id, "field": "phone", "purpose": "call_back"}
    assert call(world.ben, "POST", f"/cases/{case.pk}/reveal", body).json() == {"value": PHONE}
    assert Event.objects.filter(verb="reveal", case_id=case.pk, actor=world.ben).exists()


def test_reveal_of_another_cases_submission_is_refused(world: World, call: Any) -> None:
    mine, other = make_case(world), make_case(world, agency=world.water)
    body = {"submission": other.askers.get().submission_id, "field": "phone", "purpose": "other"}
    assert call(world.ben, "POST", f"/cases/{mine.pk}/reveal", body).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_an_operators_program_enters_an_ask(call: Any) -> None:
    world = make_world()
    body = {"client_id": "call-1", "text": "三栋没有电", "phone": "199 0000 5526", "service": "power_failure"}
    answer = call(world.olga, "POST", "/cases/enter", body)
    assert answer.status_code == 201
    assert queries.asker_of(answer.json()["receipt"], "5526").case_id == answer.json()["case"]


@pytest.mark.django_db(transaction=True)
def test_an_unfit_ask_is_refused_with_every_field(call: Any) -> None:
    world = make_world()
    answer = call(world.olga, "POST", "/cases/enter", {"text": 7, "lat": 99.0})
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json()["errors"]} >= {"client_id", "text"}


def test_listing_costs_the_same_number_of_queries_whatever_is_found(
    world: World, call: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(7):
        actions.accept(case=make_case(world), by=world.ben)
    # Two of them say that Ben is there, once a minute; three take a lot of requests from his token, now and then.
    with django_assert_max_num_queries(13):
        call(world.ben, "GET", "/cases")
