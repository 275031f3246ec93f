"""Who holds a receipt."""

import pytest
from django.test import Client

from bihuan.lines.passes.models import Pass

DIGITS = {"digits": "7733"}


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"accept-language": "en"})


def test_a_receipt_alone_shows_how_it_stands_and_nothing_of_what_was_said(
    client: Client, applied: Pass
) -> None:
    page = client.get(f"/passes/r/{applied.receipt}/").content.decode()
    assert "waiting for review" in page
    assert "湘B" not in page and "云里" not in page


def test_the_last_digits_open_it_for_the_visit(client: Client, applied: Pass) -> None:
    address = f"/passes/r/{applied.receipt}/"
    assert client.post(f"{address}prove/", DIGITS).status_code == 302
    assert "云里" in client.get(address).content.decode()
    assert "云里" not in Client().get(address).content.decode()


def test_wrong_digits_open_nothing_and_too_many_are_stopped(client: Client, applied: Pass) -> None:
    address = f"/passes/r/{applied.receipt}/prove/"
    answers = [client.post(address, {"digits": f"{n:04}"}).status_code for n in range(61)]
    assert answers[0] == 422 and answers[-1] == 429
    assert client.post(address, DIGITS).status_code == 429


@pytest.mark.parametrize("receipt", ["000000000000", "123", "12345678901a"])
def test_a_receipt_that_was_never_given_is_not_there(client: Client, receipt: str) -> None:
    assert client.get(f"/passes/r/{receipt}/").status_code == 404


@pytest.mark.parametrize("what", ["answer/", "withdraw/"])
def test_a_stranger_does_nothing_with_a_receipt(client: Client, applied: Pass, what: str) -> None:
    assert client.post(f"/passes/r/{applied.receipt}/{what}", {"text": "x"}).status_code == 422
    applied.refresh_from_db()
    assert applied.is_open


def test_a_typed_receipt_leads_to_its_page(client: Client, applied: Pass) -> None:
    spaced = f"{applied.receipt[:4]} {applied.receipt[4:]}"
    assert (
        client.get("/passes/find/", {"receipt": spaced}).headers["Location"].endswith(f"{applied.receipt}/")
    )
    for wrong in ("1", "000000000000"):
        assert client.get("/passes/find/", {"receipt": wrong}).status_code == 422
    assert client.get("/passes/find/").status_code == 200
