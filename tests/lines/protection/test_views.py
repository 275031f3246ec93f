"""Pages of the care list, as the known people see them."""

import pytest

from bihuan.kernel import clock
from bihuan.lines.protection.models import Check, Person, Supply
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case
from tests.faces.desk.conftest import SignIn
from tests.lines.protection.known import make_person, make_services, make_site, make_supply
from tests.spine.cases.known import World, make_case

FORM = {
    "name": "李乙", "phone": "19900002222", "site": "云里小区", "building": "2栋", "door": "0101", "kinds": ["alone"],
    "consent": "spoken", "every_h": "24", "from_h": "8", "until_h": "20", "grace_min": "60", "dialysis_h": "8",
}  # fmt: skip


def test_today_shows_masks_and_no_name(world: World, person: Person, sign_in: SignIn) -> None:
    page = sign_in(world.ben).get("/protection/").content.decode()
    assert "吴••" in page
    assert "吴甲" not in page
    assert "0501" not in page


def test_one_tap_takes_a_check_down(world: World, person: Person, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    address = f"/protection/people/{person.pk}/check/"
    part = client.post(address, {"found": "well"}, headers={"hx-request": "true"})
    assert f'id="care-{person.pk}"' in part.content.decode()
    assert client.post(address, {"found": "no_answer"}).status_code == 302
    assert list(Check.objects.order_by("pk").values_list("found", flat=True)) == ["well", "no_answer"]
    assert client.post(address, {"found": "?"}).status_code == 422


def test_somebody_is_put_on_the_list_and_corrected(world: World, sign_in: SignIn) -> None:
    make_site()
    client = sign_in(world.ben)
    form = FORM | {"agency": world.grid.pk}
    assert client.post("/protection/people/add/", form).status_code == 302
    person = Person.objects.get()
    again = client.post("/protection/people/add/", form)
    assert again.status_code == 422
    assert str(person.pk) in again.content.decode()
    address = f"/protection/people/{person.pk}/change/"
    assert "李乙" in client.get(address).content.decode()
    assert Event.objects.filter(verb="reveal", subject_id=person.pk).exists()
    assert client.post(address, form | {"every_h": "4"}).status_code == 302
    person.refresh_from_db()
    assert person.every_h == 4


@pytest.mark.parametrize("wrong", [{"site": "nowhere"}, {"kinds": []}, {"until_h": "5"}, {"agency": "0"}])
def test_a_form_that_is_wrong_comes_back(world: World, sign_in: SignIn, wrong: dict[str, object]) -> None:
    make_site()
    page = sign_in(world.ben).post("/protection/people/add/", FORM | {"agency": world.grid.pk} | wrong)
    assert (page.status_code, Person.objects.count()) == (422, 0)


def test_a_persons_page_opens_one_field_for_a_purpose(world: World, person: Person, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    address = f"/protection/people/{person.pk}/private/door/"
    assert "2单元0501" not in client.get(f"/protection/people/{person.pk}/").content.decode()
    assert "2单元0501" not in client.get(address).content.decode()
    assert "2单元0501" in client.post(address, {"purpose": "check"}).content.decode()
    part = client.post(address, {"purpose": "check"}, headers={"hx-request": "true"})
    assert "2单元0501" in part.content.decode()


def test_what_is_left_is_counted_and_ended(world: World, person: Person, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    address = f"/protection/people/{person.pk}/supply/"
    client.post(address, {"kind": "gas", "amount": "12", "daily_use": "2", "label": "kitchen"})
    supply = Supply.objects.get()
    assert (supply.amount, supply.daily_use) == (12, 2)
    assert "kitchen" in client.get(f"/protection/people/{person.pk}/").content.decode()
    client.post(f"{address}{supply.pk}/", {"end": "1"})
    supply.refresh_from_db()
    assert supply.ended_at is not None


def test_somebody_leaves_the_list(world: World, person: Person, sign_in: SignIn) -> None:
    client = sign_in(world.ben)
    client.post(f"/protection/people/{person.pk}/leave/", {"reason": "moved"})
    assert "吴••" not in client.get("/protection/people/").content.decode()
    assert "吴••" in client.get("/protection/people/?left=on").content.decode()
    assert client.get(f"/protection/people/{person.pk}/").status_code == 200


def test_a_power_failure_stands_on_top(world: World, sign_in: SignIn) -> None:
    person = make_person(world, kinds=("oxygen",))
    make_case(world, site=person.site)
    page = sign_in(world.ben).get("/protection/").content.decode()
    assert "The power has failed at" in page
    assert f"?site={person.site_id}" in page


@pytest.mark.django_db(transaction=True)
def test_a_need_asks_the_services_questions_and_becomes_a_case(world: World, sign_in: SignIn) -> None:
    make_services()
    person, client = make_person(world), sign_in(world.ben)
    address = f"/protection/people/{person.pk}/need/"
    said = {"client_id": "visit-123456789", "service": "elderly_visit", "text": "wants company"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"q_last": "day"}).status_code == 302
    assert Case.objects.get().service.code == "elderly_visit"
    assert Check.objects.get().found == "needs"


def test_compounds_are_offered_while_one_types(world: World, sign_in: SignIn) -> None:
    make_site()
    assert "云里小区" in sign_in(world.ben).get("/protection/sites/?site=云").content.decode() or "Yunli" in (
        sign_in(world.ben).get("/protection/sites/?site=云").content.decode()
    )


def test_the_worker_needs_no_clock_of_its_own(person: Person) -> None:
    supply = make_supply(person)
    assert supply.left(clock.now()) <= supply.amount
