"""The rota at the desk."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from bihuan.kernel import clock
from bihuan.spine.resources.models import Shift
from bihuan.spine.resources.rota import at
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import NOON, World

MONDAY = date(2026, 11, 23)
WEEK = {"agency": "grid", "week": "2026-11-23"}
MORNING = {"duty": "officer", "on": "2026-11-23", "since": "08:00", "until": "16:00"}


def post(world: World, sign_in: SignIn, address: str, **said: Any) -> Any:
    return sign_in(world.sam).post(f"/desk/rota/{address}", WEEK | said)


def test_a_shift_is_added_and_stands_in_its_week(world: World, sign_in: SignIn) -> None:
    answer = post(world, sign_in, "add/", person=world.ben.pk, **MORNING)
    assert answer.status_code == 302
    text = sign_in(world.sam).get(answer.headers["Location"]).content.decode()
    assert "08:00–16:00" in text and "Ben" in text
    assert "16:00–24:00" in text  # the gap that is left


def test_one_that_ends_before_it_begins_ends_the_next_day(world: World, sign_in: SignIn) -> None:
    post(world, sign_in, "add/", person=world.ben.pk, **MORNING | {"since": "22:00", "until": "06:00"})
    assert Shift.objects.get().until_at == at(date(2026, 11, 24), 6)


def test_a_refusal_stands_beside_its_field_and_what_was_typed_stays(world: World, sign_in: SignIn) -> None:
    for _ in range(2):
        answer = post(world, sign_in, "add/", person=world.ben.pk, **MORNING)
    assert answer.status_code == 422
    assert answer.context["shift_form"].errors["person"]
    assert answer.context["shift_form"]["since"].value() == "08:00"


def test_people_of_another_office_can_not_be_chosen(world: World, sign_in: SignIn) -> None:
    answer = post(world, sign_in, "add/", person=world.eve.pk, **MORNING)
    assert answer.status_code == 422
    assert not Shift.objects.exists()


def test_a_pattern_fills_the_days(world: World, sign_in: SignIn) -> None:
    people = [world.ben.pk, world.ida.pk, world.sam.pk]
    post(world, sign_in, "repeat/", people=people, duty="officer", first_on="2026-11-23", days="7")
    assert Shift.objects.count() == 21
    page = sign_in(world.sam).get("/desk/rota/", WEEK)
    assert [line.gaps for day in page.context["days"] for line in day.lines if line.duty == "officer"] == [
        []
    ] * 7


def test_the_week_before_is_copied(world: World, sign_in: SignIn) -> None:
    post(world, sign_in, "add/", person=world.ben.pk, **MORNING)
    answer = sign_in(world.sam).post("/desk/rota/copy/", {"agency": "grid", "week": "2026-11-30"})
    assert answer.status_code == 302
    assert Shift.objects.filter(from_at=at(date(2026, 11, 30), 8)).exists()


def test_a_shift_is_taken_back(world: World, sign_in: SignIn) -> None:
    with clock.running(lambda: NOON):
        post(world, sign_in, "add/", person=world.ben.pk, **MORNING | {"since": "20:00", "until": "23:00"})
        post(world, sign_in, f"{Shift.objects.get().pk}/remove/")
    assert not Shift.objects.exists()


def test_a_file_with_faults_names_each_line(world: World, sign_in: SignIn) -> None:
    raw = b"agency,person,duty,from,until\ngrid,nobody,officer,2026-11-23 08:00,2026-11-23 16:00\n"
    answer = post(world, sign_in, "import/", file=SimpleUploadedFile("rota.csv", raw))
    assert answer.status_code == 422
    assert "Line 2: There is no open account “nobody”." in answer.content.decode()


def test_a_file_without_faults_is_written(world: World, sign_in: SignIn) -> None:
    raw = b"agency,person,duty,from,until\ngrid,ben,officer,2026-11-23 08:00,2026-11-23 16:00\n"
    assert post(world, sign_in, "import/", file=SimpleUploadedFile("rota.csv", raw)).status_code == 302
    assert Shift.objects.get().person == world.ben


def test_it_says_who_is_on_duty_now_and_that_they_sit_above(world: World, sign_in: SignIn) -> None:
    Shift.objects.create(agency=world.city, person=world.olga, from_at=at(MONDAY, 8), until_at=at(MONDAY, 16))
    with clock.running(lambda: NOON):
        text = sign_in(world.sam).get("/desk/rota/", WEEK).content.decode()
    assert "Olga" in text and "from the office above" in text and "nobody, up to the top" in text


def test_the_rota_of_another_office_is_not_there(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.sam).get("/desk/rota/", {"agency": "water"}).status_code == 404
    answer = sign_in(world.sam).post("/desk/rota/copy/", {"agency": "water", "week": "2026-11-23"})
    assert answer.status_code == 404


def test_a_spoilt_week_shows_this_one(world: World, sign_in: SignIn) -> None:
    for week in ("x", "0001-01-01", "9999-12-31", ""):
        assert sign_in(world.sam).get("/desk/rota/", {"week": week}).status_code == 200
