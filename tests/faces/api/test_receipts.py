"""The asker's own addresses."""

from typing import Any

from bihuan.kernel import ids
from bihuan.spine.cases import actions
from bihuan.spine.cases.guessing import GUESSES
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_submission


def receipt_of(case: Case) -> str:
    return case.askers.get().submission.receipt


def test_receipt_and_digits_show_the_story(world: World, call: Any) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    shown = call(None, "POST", f"/receipts/{receipt_of(case)}", {"digits": "5526"}).json()
    assert [step["verb"] for step in shown["steps"]] == ["opened", "accept"]
    assert {each["verb"]: each["is_allowed"] for each in shown["may"]}["withdraw"]


def test_an_asker_may_say_no_and_the_case_is_open_again(world: World, call: Any) -> None:
    case = actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")
    body = {"digits": "5526", "text": "still dark"}
    answer = call(None, "POST", f"/receipts/{receipt_of(case)}/reopen", body)
    assert (answer.status_code, answer.json()["status"]) == (200, "reopened")


def test_an_asker_may_answer_confirm_and_withdraw(world: World, call: Any) -> None:
    case = actions.hold(case=make_case(world, Status.WORKING), by=world.ben, question="which door?")
    path = f"/receipts/{receipt_of(case)}"
    said = call(None, "POST", f"{path}/answer", {"digits": "5526", "text": "the green one"}).json()
    assert said["steps"][-1]["note"] == "the green one"
    actions.resolve(case=Case.objects.get(pk=case.pk), by=world.ben, reply="done")
    assert call(None, "POST", f"{path}/confirm", {"digits": "5526"}).json()["status"] == "closed"
    other = receipt_of(make_case(world))
    assert (
        call(None, "POST", f"/receipts/{other}/withdraw", {"digits": "5526"}).json()["status"] == "withdrawn"
    )


def test_an_asker_may_add_something_and_nothing_moves(world: World, call: Any) -> None:
    case = make_case(world)
    said = call(None, "POST", f"/receipts/{receipt_of(case)}/say", {"digits": "5526", "text": "third floor"})
    assert (said.json()["status"], said.json()["steps"][-1]["note"]) == ("waiting", "third floor")


def test_wrong_digits_change_nothing(world: World, call: Any) -> None:
    case = make_case(world)
    answer = call(None, "POST", f"/receipts/{receipt_of(case)}/withdraw", {"digits": "0000"})
    assert answer.status_code == 422
    case.refresh_from_db()
    assert case.status == Status.WAITING


def test_a_mistyped_receipt_is_named_as_the_field(world: World, call: Any) -> None:
    answer = call(None, "POST", "/receipts/123456789012", {"digits": "5526"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "receipt"


def test_an_unknown_receipt_and_wrong_digits_answer_alike(world: World, call: Any) -> None:
    known, unknown = receipt_of(make_case(world)), ids.new_receipt(lambda _: 7)
    bodies = {
        call(None, "POST", f"/receipts/{each}", {"digits": "0000"}).content for each in (known, unknown)
    }
    assert len(bodies) == 1


def test_what_is_not_sorted_yet_is_received(world: World, call: Any) -> None:
    submission = make_submission()
    shown = call(None, "POST", f"/receipts/{submission.receipt}", {"digits": "5526"}).json()
    assert (shown["status"], shown["number"], shown["steps"]) == ("received", None, [])


def test_the_story_for_the_asker_names_no_officer(world: World, call: Any) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    assert b"Ben" not in call(None, "POST", f"/receipts/{receipt_of(case)}", {"digits": "5526"}).content


def test_digits_that_are_none_are_wrong_digits(world: World, call: Any) -> None:
    receipt = receipt_of(make_case(world))
    for typed in ("é", "５５２é", "😀" * 500):
        assert (
            call(None, "POST", f"/receipts/{receipt}", {"digits": typed}).json()["errors"][0]["field"]
            == "digits"
        )


def test_who_names_many_receipts_that_are_none_is_put_off(world: World, call: Any) -> None:
    unknown = [ids.new_receipt(lambda _, drawn=number: drawn) for number in range(GUESSES)]
    assert {call(None, "GET", f"/receipts/{each}").status_code for each in unknown} == {422}
    assert call(None, "GET", f"/receipts/{make_submission(phone='').receipt}").status_code == 429
