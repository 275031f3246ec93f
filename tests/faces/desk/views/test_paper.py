"""Ask forms at the desk: reserved, printed, entered one after the other."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime

from bihuan.kernel import clock, ids
from bihuan.spine.cases.models import Case
from bihuan.spine.door.models import Submission
from bihuan.spine.paper.models import Block, Number
from bihuan.spine.paper.numbers import reserve
from tests.faces.desk.conftest import SignIn
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World, make_service

SAID = {"service": "power_failure", "text": "no power", "name": "Ana", "phone": "19900005526"}


@pytest.fixture
def number(world: World) -> Number:
    return reserve(by=world.olga, count=1).numbers.get()


def test_reserving_leads_to_the_forms_each_with_its_number_twice(world: World, sign_in: SignIn) -> None:
    answer = sign_in(world.olga).post("/desk/paper/reserve/", {"count": 3}, follow=True)
    text = answer.content.decode()
    for one in Block.objects.get().numbers.all():
        form = text.partition('class="asks')[2]
        assert form.count(ids.format_receipt(one.number)) == 2


def test_a_form_for_one_service_asks_its_questions_in_the_language_of_the_paper(
    world: World, sign_in: SignIn
) -> None:
    asked = [{"code": "lift", "kind": "string", "zh": "哪部电梯", "en": "Which lift"}]
    block = reserve(by=world.olga, count=1, service=make_service("lift", questions=asked))
    client = sign_in(world.olga)
    english = client.get(f"/desk/paper/block/{block.pk}/?language=en").content.decode()
    chinese = client.get(f"/desk/paper/block/{block.pk}/?language=zh-hans&size=a5").content.decode()
    assert "Which lift" in english and "哪部电梯" not in english
    assert "哪部电梯" in chinese and "asks--a5" in chinese


def test_what_is_entered_or_void_is_not_printed_again(world: World, sign_in: SignIn, number: Number) -> None:
    client = sign_in(world.olga)
    client.post(f"/desk/paper/block/{number.block_id}/void/", {"number": number.number})
    text = client.get(f"/desk/paper/block/{number.block_id}/").content.decode()
    assert 'class="ask"' not in text


@pytest.mark.parametrize("count", ["0", "501", "", "many"])
def test_too_many_and_none_are_refused_beside_the_field(world: World, sign_in: SignIn, count: str) -> None:
    answer = sign_in(world.olga).post("/desk/paper/reserve/", {"count": count})
    assert answer.status_code == 422 and "count" in answer.context["reserve_form"].errors
    assert not Block.objects.exists()


def test_a_typed_number_leads_to_its_form(world: World, sign_in: SignIn, number: Number) -> None:
    typed = ids.format_receipt(number.number)
    answer = sign_in(world.olga).get("/desk/paper/enter/", {"number": typed})
    assert answer["Location"] == f"/desk/paper/enter/{number.number}/"


@pytest.mark.parametrize("typed", ["1", "9" * 11 + "1", "482109375526"])
def test_a_number_of_no_form_is_refused_in_words(world: World, sign_in: SignIn, typed: str) -> None:
    answer = sign_in(world.olga).get("/desk/paper/enter/", {"number": typed})
    assert answer.status_code == 422 and answer.context["refused"].code in {"mistyped", "electronic"}


def test_the_fields_stand_in_the_order_of_the_paper(world: World, sign_in: SignIn, number: Number) -> None:
    text = sign_in(world.olga).get(f"/desk/paper/enter/{number.number}/").content.decode()
    names = re.findall(r'name="([a-z_]+)"', text.partition('class="card form"')[2])
    order = ["asked_at", "name", "phone", "site", "door", "service", "text", "urgency", "people", "special"]
    assert [name for name in dict.fromkeys(names) if name in order] == order


@pytest.mark.django_db(transaction=True)
def test_a_form_becomes_a_case_with_its_number_and_the_next_is_asked_for(
    world: World, sign_in: SignIn, number: Number
) -> None:
    client = sign_in(world.olga)
    written = localtime(clock.now() + timedelta(minutes=2)).replace(second=0, microsecond=0)
    said = {**SAID, "asked_at": f"{written:%Y-%m-%dT%H:%M}", "people": "3", "special": ["old"]}
    answer = client.post(f"/desk/paper/enter/{number.number}/", said, follow=True)
    submission = Submission.objects.get()
    assert (submission.receipt, submission.channel) == (number.number, "paper")
    assert "People in the household: 3" in submission.text and "over 60" in submission.text
    assert ids.format_receipt(number.number) in answer.content.decode()
    assert answer.context["pile"]["count"] == 1
    assert Number.objects.get().asked_at == written
    case = client.get(f"/desk/case/{Case.objects.get().pk}/").content.decode()
    assert "On paper" in case and ids.format_receipt(number.number) in case


@pytest.mark.django_db(transaction=True)
def test_life_in_danger_on_paper_makes_the_case_urgent(world: World, sign_in: SignIn, number: Number) -> None:
    said = {**SAID, "urgency": "life"}
    answer = sign_in(world.olga).post(f"/desk/paper/enter/{number.number}/", said, follow=True)
    assert Case.objects.get().priority == "urgent"
    assert "Call 120 now" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_second_clerk_is_told_who_was_first_and_shown_the_case(
    world: World, sign_in: SignIn, number: Number
) -> None:
    client, address = sign_in(world.olga), f"/desk/paper/enter/{number.number}/"
    client.post(address, SAID)
    for answer in (client.post(address, SAID), client.get(address)):
        text = answer.content.decode()
        assert answer.status_code == 409 and "Olga" in text
        assert f"/desk/case/{Case.objects.get().pk}/" in text


def test_what_is_wrong_is_said_beside_the_field_and_the_form_stays_free(
    world: World, sign_in: SignIn, number: Number
) -> None:
    said = {**SAID, "phone": "12", "text": "", "asked_at": "2001-01-01T00:00"}
    answer = sign_in(world.olga).post(f"/desk/paper/enter/{number.number}/", said)
    assert answer.status_code == 422 and {"phone", "text"} <= answer.context["form"].errors.keys()
    assert Number.objects.get().state == "printed"


@pytest.mark.django_db(transaction=True)
def test_a_time_before_the_printing_is_refused_beside_its_field(
    world: World, sign_in: SignIn, number: Number
) -> None:
    said = {**SAID, "asked_at": "2001-01-01T00:00"}
    answer = sign_in(world.olga).post(f"/desk/paper/enter/{number.number}/", said)
    assert answer.status_code == 422 and "asked_at" in answer.context["form"].errors


def test_a_place_that_is_known_is_offered_where_the_block_is_for_it(world: World, sign_in: SignIn) -> None:
    number = reserve(by=world.olga, count=1, site=make_site()).numbers.get()
    form = sign_in(world.olga).get(f"/desk/paper/enter/{number.number}/").context["form"]
    assert form["site"].value() == str(make_site())
