"""The pages for whoever holds the receipt."""

import pytest
from django.test import Client

from bihuan.lines.passes import holding, reviewing
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.states import Status
from tests.spine.cases.known import World


@pytest.fixture
def ana(applied: Pass) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post(f"/passes/r/{applied.receipt}/prove/", {"digits": "7733"})
    return client


def address(pass_: Pass, what: str = "") -> str:
    return f"/passes/r/{pass_.receipt}/{what}"


def test_the_question_is_answered_on_the_page(world: World, ana: Client, applied: Pass) -> None:
    reviewing.ask(pass_=applied, text="Which lorry?", by=world.ben)
    assert "Which lorry?" in ana.get(address(applied)).content.decode()
    assert ana.post(address(applied, "answer/"), {"text": ""}).status_code == 422
    ana.post(address(applied, "answer/"), {"text": "The long one"})
    applied.refresh_from_db()
    assert applied.status == Status.APPLIED


def test_an_application_is_taken_back_on_the_page(ana: Client, applied: Pass) -> None:
    ana.post(address(applied, "withdraw/"))
    applied.refresh_from_db()
    assert applied.status == Status.WITHDRAWN


def test_before_it_is_issued_there_is_no_pass_to_show(ana: Client, applied: Pass) -> None:
    assert ana.get(address(applied, "pass/")).status_code == 409
    assert ana.get(address(applied, "pass.pdf")).status_code == 409


def test_the_issued_pass_is_shown_and_printed(world: World, ana: Client, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ben)
    page = ana.get(address(applied, "pass/")).content.decode()
    assert "430202 000001" in page and "郑甲" in page and "<svg" in page
    printed = ana.get(address(applied, "pass.pdf"))
    assert printed.headers["Content-Type"] == "application/pdf"


def test_nobody_else_sees_the_pass(world: World, applied: Pass) -> None:
    reviewing.approve(pass_=applied, by=world.ben)
    for what in ("pass/", "pass.pdf"):
        assert Client().get(address(applied, what)).status_code == 422


def test_a_suspended_pass_says_so_itself(world: World, ana: Client, applied: Pass) -> None:
    issued = reviewing.approve(pass_=applied, by=world.ben)
    holding.suspend(pass_=issued, reason="misuse", by=world.sam)
    assert "pass--not" in ana.get(address(applied, "pass/")).content.decode()
