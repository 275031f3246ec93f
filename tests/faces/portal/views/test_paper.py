"""One address on each paper: for whoever holds it, and for the desk that enters it."""

from datetime import timedelta

import pytest
from django.test import Client

from bihuan.kernel import clock, ids
from bihuan.spine.paper.entering import enter
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.models import Number, Sheet
from bihuan.spine.paper.numbers import make_void, reserve
from bihuan.spine.paper.printing import print_shift
from tests.faces.desk.conftest import SignIn, sign_in
from tests.spine.cases.known import World, make_world

__all__ = ["sign_in"]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def form(world: World) -> str:
    return reserve(by=world.olga, count=1).numbers.get().number


def test_before_it_is_entered_the_asker_is_told_that_it_was_printed(client: Client, form: str) -> None:
    answer = client.get(f"/p/{form}/", headers=ENGLISH)
    assert answer.status_code == 200 and "Not entered yet" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_once_it_is_entered_the_same_square_shows_how_the_ask_stands(
    client: Client, world: World, form: str
) -> None:
    enter(by=world.olga, typed=form, payload={"text": "no power", "service": "power_failure"})
    answer = client.get(f"/p/{form}/", follow=True)
    assert answer.redirect_chain == [(f"/r/{form}/", 302)]
    assert ids.format_receipt(form) in answer.content.decode()


def test_the_same_square_opens_the_form_for_staff_who_enter_asks(
    world: World, form: str, sign_in: SignIn
) -> None:
    assert sign_in(world.olga).get(f"/p/{form}/")["Location"] == f"/desk/paper/enter/{form}/"
    assert "Not entered yet" in sign_in(world.ben).get(f"/p/{form}/").content.decode()


def test_the_number_typed_on_the_portal_leads_there_too(client: Client, form: str) -> None:
    answer = client.get("/find/", {"receipt": ids.format_receipt(form)})
    assert answer["Location"] == f"/p/{form}/"


def test_a_void_form_says_so_and_one_never_printed_is_not_there(
    client: Client, world: World, form: str
) -> None:
    make_void(by=world.olga, block=Number.objects.get(number=form).block)
    assert "made void" in client.get(f"/p/{form}/", headers=ENGLISH).content.decode()
    assert client.get(f"/p/{ids.new_printed()}/").status_code == 404


@pytest.fixture
def sheets(world: World) -> list[Sheet]:
    now = clock.now()
    until = now + timedelta(hours=8)
    said = {"by": world.ben, "team": world.team, "from_at": now, "until_at": until}
    return [print_shift(opening=Opening("visit"), **said).sheet for _ in range(2)]


def test_a_printed_list_says_whether_it_is_the_newest_and_names_nobody(
    client: Client, world: World, sheets: list[Sheet]
) -> None:
    old, new = (client.get(f"/p/list/{one.code}/", headers=ENGLISH).content.decode() for one in sheets)
    assert "newer printing: edition 2" in old and "newest printing" in new
    assert world.team.name_zh not in old and "Ben" not in old
    assert client.get("/p/list/0123456789abcdef/").status_code == 404


def test_staff_come_from_a_list_to_where_its_results_are_entered(
    world: World, sheets: list[Sheet], sign_in: SignIn
) -> None:
    answer = sign_in(world.ben).get(f"/p/list/{sheets[0].code}/")
    assert answer["Location"] == f"/desk/paper/list/{sheets[0].pk}/"
