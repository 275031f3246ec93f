"""Search."""

from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World, make_case


def test_a_number_opens_its_case(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    assert sign_in(world.ben).get(f"/desk/search/?q={case.pk}")["Location"] == f"/desk/case/{case.pk}/"


def test_words_are_found_and_stand_in_the_address(world: World, sign_in: SignIn) -> None:
    case = make_case(world, summary="no power in the lift")
    answer = sign_in(world.ben).post("/desk/search/", {"q": "power lift"}, follow=True)
    assert answer.redirect_chain[0][0] == "/desk/search/?q=power+lift"
    assert answer.context["cases"] == [case]


def test_a_telephone_is_found_without_standing_in_the_address(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    answer = sign_in(world.ben).post("/desk/search/", {"q": "199 0000 5526"})
    assert (answer.status_code, answer.context["cases"]) == (200, [case])


def test_a_telephone_in_an_address_is_not_searched(world: World, sign_in: SignIn) -> None:
    make_case(world)
    answer = sign_in(world.ben).get("/desk/search/?q=19900005526")
    assert answer["Location"] == "/desk/search/"


def test_a_receipt_opens_its_case(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    receipt = case.askers.get().submission.receipt
    assert sign_in(world.ben).post("/desk/search/", {"q": receipt})["Location"] == f"/desk/case/{case.pk}/"


def test_another_agencys_case_is_not_found(world: World, sign_in: SignIn) -> None:
    case = make_case(world)
    assert sign_in(world.eve).get(f"/desk/search/?q={case.pk}").context["cases"] == []


def test_nothing_asked_explains_what_can_be_asked(world: World, sign_in: SignIn) -> None:
    assert b"the number of a case" in sign_in(world.ben).get("/desk/search/").content
