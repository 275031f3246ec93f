"""The pages on which one applies."""

import pytest
from django.test import Client

from bihuan.lines.passes.models import Desk, Pass
from tests.faces.desk.conftest import SignIn
from tests.lines.passes.asked import typed
from tests.spine.cases.known import World


@pytest.fixture
def client(desk: Desk) -> Client:
    return Client(headers={"accept-language": "en"})


def test_the_form_is_there_for_everybody(client: Client) -> None:
    page = client.get("/passes/apply/").content.decode()
    assert "One vehicle, one pass, one route" in page and "180 minutes" in page


def test_who_applies_comes_to_the_receipt_and_needs_no_digits(client: Client) -> None:
    answer = client.post("/passes/apply/", typed(), follow=True)
    made = Pass.objects.get()
    assert answer.redirect_chain[-1][0] == f"/passes/r/{made.receipt}/"
    assert "云里防护用品厂" in answer.content.decode()
    assert made.channel == "portal" and made.language == "en"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"plate": "B1"}, "not a number plate"), ({"driver": ""}, "id_driver"), ({"origin": "x"}, "Six digits")],
)
def test_what_is_wrong_is_said_beside_its_field(client: Client, wrong: dict[str, str], words: str) -> None:
    answer = client.post("/passes/apply/", typed(**wrong))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert not Pass.objects.exists()


def test_the_second_for_the_same_vehicle_is_told_beside_the_plate(client: Client) -> None:
    client.post("/passes/apply/", typed(plate="湘B66666"))
    answer = client.post("/passes/apply/", typed(plate="湘B66666"))
    assert answer.status_code == 422 and "has one on this route already" in answer.content.decode()


def test_the_desk_enters_for_whoever_telephones(world: World, desk: Desk, sign_in: SignIn) -> None:
    answer = sign_in(world.ben).post("/passes/enter/", typed())
    made = Pass.objects.get()
    assert made.entered_by == world.ben and made.channel == "desk"
    assert made.receipt[:4] in answer.content.decode()
