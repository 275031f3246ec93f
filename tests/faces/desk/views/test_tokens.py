"""The page of tokens."""

import re

import pytest

from bihuan.spine.accounts.models import Token, User
from bihuan.spine.accounts.tokens import issue, user_of
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World

PAGE = "/desk/tokens/"


def said(holder: User) -> dict[str, object]:
    return {"name": "display", "holder": holder.pk, "scopes": ["read", "act"], "days": "90"}


def test_a_token_is_made_and_shown_just_once(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.sam)
    made = client.post(PAGE, said(world.ben))
    secret = re.findall(r"bihuan_[\w-]{43}", made.content.decode())[0]
    assert user_of(secret) == world.ben
    assert "no-store" in made.headers["Cache-Control"]
    again = client.get(PAGE).content.decode()
    assert "display" in again and "bihuan_" not in again


@pytest.mark.parametrize("wrong", [{"scopes": []}, {"name": ""}, {"days": "9999"}, {"holder": ""}])
def test_what_is_wrong_is_said_on_the_form(world: World, sign_in: SignIn, wrong: dict[str, object]) -> None:
    assert sign_in(world.sam).post(PAGE, said(world.ben) | wrong).status_code == 422
    assert not Token.objects.exists()


def test_a_supervisor_makes_none_for_another_office(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.sam).post(PAGE, said(world.eve)).status_code == 422
    assert not Token.objects.exists()


def test_it_is_taken_back_for_good(world: World, sign_in: SignIn) -> None:
    secret, client = issue(world.ben, "display"), sign_in(world.sam)
    end = f"{PAGE}{Token.objects.get().pk}/end/"
    assert client.get(end).status_code == 405
    for words in ("opens nothing any more", "taken back already"):
        assert words in client.post(end, follow=True).content.decode()
    assert user_of(secret) is None


def test_another_offices_token_is_not_there(world: World, sign_in: SignIn) -> None:
    issue(world.eve, "display")
    client = sign_in(world.sam)
    assert client.post(f"{PAGE}{Token.objects.get().pk}/end/").status_code == 404
    assert "display" not in client.get(PAGE).content.decode()


def test_officers_and_commanders_have_no_such_page(world: World, sign_in: SignIn) -> None:
    for person in (world.ben, world.max, world.dan):
        assert sign_in(person).get(PAGE).status_code == 403
        assert sign_in(person).post(f"{PAGE}1/end/").status_code == 403
