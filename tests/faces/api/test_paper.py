"""Ask forms over the API."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock, ids
from bihuan.spine.door.models import Submission
from bihuan.spine.paper.models import Number
from bihuan.spine.paper.numbers import reserve
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World

SAID = {"text": "no power", "service": "power_failure", "phone": "19900005526"}


def test_reserved_forms_come_with_all_that_is_to_be_printed(world: World, call: Call) -> None:
    said = {"count": 2, "service": "power_failure", "agency": "grid"}
    answer = call(world.olga, "POST", "/paper/blocks", said)
    block = answer.json()
    assert answer.status_code == 201 and (block["service"], block["agency"]) == ("power_failure", "grid")
    for form in block["forms"]:
        assert form["address"].endswith(f"/p/{form['number']}/")
        assert form["printed_as"] == ids.format_receipt(form["number"])
    assert call(world.olga, "GET", f"/paper/blocks/{block['id']}").json() == block


@pytest.mark.django_db(transaction=True)
def test_a_form_is_entered_once_and_the_second_is_told_who_was_first(world: World, call: Call) -> None:
    number = reserve(by=world.olga, count=1).numbers.get().number
    written = clock.now() + timedelta(minutes=1)
    first = call(world.olga, "POST", f"/paper/forms/{number}", {**SAID, "asked_at": written.isoformat()})
    assert first.status_code == 201 and first.json()["receipt"] == number
    assert Submission.objects.get().asker.case_id == first.json()["case"]
    assert Number.objects.get().asked_at == written
    again = call(world.olga, "POST", f"/paper/forms/{number}", SAID)
    assert again.status_code == 409 and "Olga" in again.json()["detail"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("12", "mistyped"),
        (ids.new_printed(lambda _: 7), "unknown"),
        (ids.new_receipt(lambda _: 7), "electronic"),
    ],
)
def test_a_number_of_no_form_is_a_problem_with_its_code(
    world: World, call: Call, number: str, code: str
) -> None:
    answer = call(world.olga, "POST", f"/paper/forms/{number}", SAID)
    assert answer.status_code == 422 and answer.json()["type"].endswith(code)


@pytest.mark.parametrize("said", [{"count": 0}, {"count": 501}, {"count": 1, "service": "nothing"}, {}])
def test_what_can_not_be_reserved_is_a_problem(world: World, call: Call, said: dict[str, object]) -> None:
    assert call(world.olga, "POST", "/paper/blocks", said).status_code == 422
    assert not Number.objects.exists()


def test_a_spoilt_form_is_made_void_and_then_the_rest_of_its_block(world: World, call: Call) -> None:
    block = reserve(by=world.olga, count=3)
    spoilt = block.numbers.order_by("serial")[1].number
    address = f"/paper/blocks/{block.pk}/void"
    assert call(world.olga, "POST", address, {"number": spoilt}).json() == {"voided": 1}
    assert call(world.olga, "POST", address, {"number": spoilt}).status_code == 409
    assert call(world.olga, "POST", address, {}).json() == {"voided": 2}
