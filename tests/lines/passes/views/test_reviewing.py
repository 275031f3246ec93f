"""The pages of the desk for passes."""

import re

import pytest
from django.test import Client

from bihuan.kernel import clock
from bihuan.lines.passes import reviewing
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.queries import PAGE
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.models import Event
from tests.faces.desk.conftest import SignIn
from tests.lines.passes.known import make_application, make_pass
from tests.spine.cases.known import World


@pytest.fixture
def ben(world: World, desk: Desk, sign_in: SignIn) -> Client:
    return sign_in(world.ben)


def status(row: Pass) -> str:
    return Pass.objects.get(pk=row.pk).status


def test_the_queue_shows_what_waits_and_the_next_page_goes_on(ben: Client, world: World) -> None:
    rows = [make_pass(world) for _ in range(PAGE + 2)]
    page = ben.get("/passes/").content.decode()
    assert page.count("data-row") == PAGE
    after = re.search(r'after=([^"]+)"', page)
    more = ben.get(f"/passes/?tab=review&after={after[1]}", headers={"hx-request": "true"}).content.decode()
    assert more.count("data-row") == 2 and rows[-1].plate[2:] in more and "<html" not in more


@pytest.mark.parametrize("tab", ["review", "mine", "second", "asked", "valid", "nonsense"])
def test_every_tab_opens(ben: Client, tab: str) -> None:
    make_application()
    assert ben.get("/passes/", {"tab": tab}).status_code == 200


def test_a_promise_is_shown_only_while_it_has_to_be_kept(ben: Client, world: World) -> None:
    waiting, valid = make_pass(world), make_pass(world, Status.ISSUED, due_at=clock.now())
    for tab, row, has_promise in (("review", waiting, True), ("valid", valid, False)):
        page = ben.get("/passes/", {"tab": tab}).content.decode()
        assert row.plate[2:] in page
        assert ("data-due" in page) == has_promise


def test_the_next_are_taken_to_oneself(ben: Client) -> None:
    row = make_application()
    page = ben.post("/passes/take/", follow=True).content.decode()
    assert row.plate[2:] in page
    assert Pass.objects.get(pk=row.pk).dealt_to.username == "ben"


def test_the_marked_are_approved_and_the_others_named(ben: Client) -> None:
    one, two = make_application(), make_application()
    answer = ben.post("/passes/approve/", {"pass": [one.pk, 10**20, "x", 999]}, follow=True)
    said = answer.content.decode()
    assert status(one) == Status.ISSUED and status(two) == Status.APPLIED
    assert "1 approved." in said and "No. 999" in said


def test_one_application_shows_what_its_reader_may_do(ben: Client, world: World, applied: Pass) -> None:
    page = ben.get(f"/passes/{applied.pk}/").content.decode()
    assert "/approve/" in page and "/decline/" in page and "/revoke/" not in page
    assert "李丙" not in page and "7733" in page


def test_a_verb_is_done_on_the_page(ben: Client, applied: Pass) -> None:
    ben.post(f"/passes/{applied.pk}/ask/", {"text": "Which lorry?"})
    assert status(applied) == Status.ASKED
    ben.post(f"/passes/{applied.pk}/decline/", {"reason": "papers"})
    assert status(applied) == Status.DECLINED


def test_a_form_that_is_not_filled_in_comes_back(ben: Client, applied: Pass) -> None:
    answer = ben.post(f"/passes/{applied.pk}/decline/", {"reason": ""})
    assert answer.status_code == 422 and status(applied) == Status.APPLIED


def test_a_refusal_is_said_in_the_form(ben: Client, world: World, applied: Pass) -> None:
    issued = reviewing.approve(pass_=applied, by=world.ben)
    answer = ben.post(f"/passes/{issued.pk}/extend/", {"until": "2020-01-01T00:00"})
    assert answer.status_code == 422 and "lasts as long already" in answer.content.decode()


def test_who_comes_second_is_told(ben: Client, world: World, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ida)
    assert ben.post(f"/passes/{applied.pk}/approve/").status_code == 409


def test_what_is_no_verb_is_not_there(ben: Client, applied: Pass) -> None:
    assert ben.post(f"/passes/{applied.pk}/expire/").status_code == 404


def test_a_name_is_shown_for_a_purpose(ben: Client, applied: Pass) -> None:
    address = f"/passes/{applied.pk}/private/contact/"
    assert "李丙" not in ben.get(address).content.decode()
    assert "李丙" in ben.post(address, {"purpose": "call"}).content.decode()
    assert Event.objects.filter(verb="reveal").count() == 1


def test_an_officer_prints_what_is_issued_only(ben: Client, world: World, applied: Pass) -> None:
    assert ben.get(f"/passes/{applied.pk}/paper.pdf").status_code == 404
    reviewing.approve(pass_=applied, by=world.ben)
    assert ben.get(f"/passes/{applied.pk}/paper.pdf").content.startswith(b"%PDF")


def test_a_pass_is_found_by_its_plate(ben: Client, applied: Pass) -> None:
    assert f"/passes/{applied.pk}/" in ben.get("/passes/search/", {"q": applied.plate}).content.decode()
    assert "Nothing found" in ben.get("/passes/search/", {"q": "湘Z99999"}).content.decode()


def test_another_office_is_told_that_there_is_no_such_pass(
    world: World, applied: Pass, sign_in: SignIn
) -> None:
    eve = sign_in(world.eve)
    assert eve.get(f"/passes/{applied.pk}/").status_code == 404
    assert eve.post(f"/passes/{applied.pk}/approve/").status_code == 404
