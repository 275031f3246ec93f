import pytest
from django.test import Client

from bihuan.kernel.ids import format_receipt, new_receipt
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.faces.portal.conftest import visit
from tests.spine.cases.known import PHONE, World, make_asker, make_case, make_submission


def receipt_of(case: Case) -> str:
    return case.askers.get().submission.receipt


def page_of(client: Client, receipt: str) -> str:
    return client.get(f"/r/{receipt}/").content.decode()


def test_a_receipt_typed_with_spaces_is_found(db: None, client: Client) -> None:
    receipt = make_submission().receipt
    answer = client.get("/find/", {"receipt": format_receipt(receipt)})
    assert answer.headers["Location"] == f"/r/{receipt}/"


def test_a_mistyped_receipt_is_told_so_and_kept_in_the_field(db: None, client: Client) -> None:
    answer = client.get("/find/", {"receipt": "4821 0937 5520"})
    assert answer.status_code == 404
    assert "4821 0937 5520" in answer.content.decode()


def test_the_card_shows_the_number_in_groups_and_a_square(db: None, client: Client) -> None:
    receipt = make_submission().receipt
    page = client.get(f"/r/{receipt}/card/").content.decode()
    assert format_receipt(receipt) in page
    assert "<svg" in page


@pytest.mark.parametrize("path", ["", "card/", "live/"])
def test_a_receipt_nobody_was_given_is_not_found(db: None, client: Client, path: str) -> None:
    assert client.get(f"/r/{new_receipt()}/{path}").status_code == 404


def test_whoever_shows_the_digits_adds_something_and_the_office_has_it(world: World, client: Client) -> None:
    case = make_case(world, Status.WORKING)
    receipt = receipt_of(case)
    assert f"/r/{receipt}/say/" not in page_of(client, receipt)
    client.post(f"/r/{receipt}/prove/", {"digits": PHONE[-4:]})
    assert f"/r/{receipt}/say/" in page_of(client, receipt)
    client.post(f"/r/{receipt}/say/", {"text": "the third floor, too"})
    assert case.notes.get().text == "the third floor, too"
    assert "the third floor, too" in page_of(client, receipt)


def test_nothing_can_be_added_to_what_is_closed_and_a_question_is_answered_instead(
    world: World, client: Client
) -> None:
    for status, offered in [(Status.CLOSED, "reopen"), (Status.HOLD, "answer")]:
        receipt = receipt_of(make_case(world, status))
        client.post(f"/r/{receipt}/prove/", {"digits": PHONE[-4:]})
        page = page_of(client, receipt)
        assert f"/r/{receipt}/say/" not in page and f"/r/{receipt}/{offered}/" in page


def test_the_receipt_alone_tells_where_it_stands_but_not_what_was_written(
    world: World, client: Client
) -> None:
    case = make_case(world, askers=0)
    receipt = make_asker(case, text="my own words").submission.receipt
    case = actions.accept(case=case, by=world.ben)
    actions.resolve(case=case, by=world.ben, reply="we brought it")
    page = page_of(client, receipt)
    assert "status-resolved" in page
    assert "my own words" not in page
    assert "we brought it" not in page


def test_the_last_digits_open_the_rest(world: World, client: Client) -> None:
    case = make_case(world, Status.ACCEPTED, askers=0)
    receipt = make_asker(case, text="my own words").submission.receipt
    actions.resolve(case=case, by=world.ben, reply="we brought it")
    visit(client, receipt)
    page = page_of(client, receipt)
    assert "my own words" in page
    assert "we brought it" in page


def test_wrong_digits_are_told_beside_the_field(world: World, client: Client) -> None:
    receipt = receipt_of(make_case(world))
    answer = client.post(f"/r/{receipt}/prove/", {"digits": "0000"})
    assert answer.status_code == 422
    assert 'id="digits-error"' in answer.content.decode()


def test_a_no_opens_the_case_again(world: World, client: Client) -> None:
    case = make_case(world, Status.RESOLVED)
    visit(client, receipt_of(case))
    client.post(f"/r/{receipt_of(case)}/reopen/", {"text": "nothing came"})
    case.refresh_from_db()
    assert case.status == Status.REOPENED


def test_no_act_without_the_digits(world: World, client: Client) -> None:
    case = make_case(world, Status.RESOLVED)
    assert client.post(f"/r/{receipt_of(case)}/confirm/").status_code == 422
    case.refresh_from_db()
    assert case.status == Status.RESOLVED


def test_a_refused_no_keeps_what_was_typed(world: World, client: Client) -> None:
    case = make_case(world, Status.WAITING)
    visit(client, receipt_of(case))
    answer = client.post(f"/r/{receipt_of(case)}/answer/", {"text": "long words"})
    assert answer.status_code in {409, 422}


@pytest.mark.parametrize("verb", ["accept", "resolve", "close", "nothing"])
def test_what_is_not_the_askers_to_do_is_not_found(world: World, client: Client, verb: str) -> None:
    case = make_case(world)
    visit(client, receipt_of(case))
    assert client.post(f"/r/{receipt_of(case)}/{verb}/").status_code == 404


def test_the_live_part_comes_only_when_something_changed(world: World, client: Client) -> None:
    case = make_case(world)
    address = f"/r/{receipt_of(case)}/live/"
    seen = client.get(address).context["standing"].stamp
    assert client.get(address, {"seen": seen}).status_code == 204
    actions.accept(case=case, by=world.ben)
    assert client.get(address, {"seen": seen}).status_code == 200


def test_status_pages_are_not_kept_by_anybody(world: World, client: Client) -> None:
    assert "no-store" in client.get(f"/r/{receipt_of(make_case(world))}/")["Cache-Control"]
