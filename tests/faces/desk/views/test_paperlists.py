"""Printed lists at the desk, and their results."""

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Assignment
from bihuan.spine.paper.models import Sheet
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World
from tests.spine.paper.known import ask_at, make_site, send

SHIFT = {"on": "2026-11-28", "since": "22:00", "until": "06:00", "purpose": "hand_over"}


@pytest.fixture
def sent(world: World) -> Assignment:
    return send(ask_at(world, "3栋1单元101", status="working"), team=world.team)


def test_a_buildings_list_shows_doors_in_order_and_masks_who_lives_there(
    world: World, sign_in: SignIn
) -> None:
    for door in ("3栋1201", "3栋502"):
        ask_at(world, door)
    said = {"site": make_site().name_zh, "building": "3", "purpose": "visit"}
    text = sign_in(world.ben).post("/desk/paper/list/building/", said).content.decode()
    assert text.index("3栋502") < text.index("3栋1201")
    assert "安••" in text and "安娜" not in text and "19900005526" not in text
    assert text.count('class="listing__square"') == 3
    assert Event.objects.filter(verb="reveal").count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [({"site": "nowhere", "purpose": "visit"}, "site"), ({"site": "云里小区"}, "purpose"), ({}, "site")],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_opened(
    world: World, sign_in: SignIn, said: dict[str, str], field: str
) -> None:
    make_site()
    answer = sign_in(world.ben).post("/desk/paper/list/building/", said)
    assert answer.status_code == 422 and field in answer.context["building_form"].errors
    assert not Event.objects.filter(verb="paper_print").exists()


def test_a_night_shift_ends_the_next_day(world: World, sign_in: SignIn, sent: Assignment) -> None:
    said = {**SHIFT, "unit": f"team-{world.team.pk}"}
    answer = sign_in(world.ben).post("/desk/paper/list/shift/", said)
    sheet = Sheet.objects.get()
    assert answer.status_code == 200 and "mend it" in answer.content.decode()
    assert (sheet.until_at - sheet.from_at).total_seconds() == 8 * 3600


def test_a_team_of_another_office_can_not_be_chosen(world: World, sign_in: SignIn) -> None:
    said = {**SHIFT, "unit": f"team-{world.team.pk}"}
    answer = sign_in(world.eve).post("/desk/paper/list/shift/", said)
    assert answer.status_code == 422 and not Sheet.objects.exists()


def _printed(world: World, sign_in: SignIn) -> Sheet:
    sign_in(world.ben).post("/desk/paper/list/shift/", {**SHIFT, "unit": f"team-{world.team.pk}"})
    return Sheet.objects.latest("pk")


def test_results_are_entered_row_by_row(world: World, sign_in: SignIn, sent: Assignment) -> None:
    sheet = _printed(world, sign_in)
    row = sheet.rows.get()
    client = sign_in(world.ben)
    client.post(f"/desk/paper/list/{sheet.pk}/", {f"{row.pk}-result": "done"})
    sent.refresh_from_db()
    assert sent.status == "done"
    assert "done" in client.get(f"/desk/paper/list/{sheet.pk}/").content.decode()


def test_what_happened_meanwhile_stands_beside_the_row(
    world: World, sign_in: SignIn, sent: Assignment
) -> None:
    sheet = _printed(world, sign_in)
    Assignment.objects.filter(pk=sent.pk).update(status="cancelled")
    text = sign_in(world.ben).get(f"/desk/paper/list/{sheet.pk}/").content.decode()
    assert "Meanwhile:" in text and "cancelled" in text


def test_a_row_that_is_refused_says_why_and_the_others_are_kept(
    world: World, sign_in: SignIn, sent: Assignment
) -> None:
    send(ask_at(world, "3栋1单元201", status="working"), team=world.team)
    sheet = _printed(world, sign_in)
    first, second = sheet.rows.order_by("position")
    said = {f"{first.pk}-result": "not_done", f"{second.pk}-result": "not_met"}
    answer = sign_in(world.ben).post(f"/desk/paper/list/{sheet.pk}/", said)
    assert answer.status_code == 409 and "why it was not done" in answer.content.decode()
    assert [row.result for row in sheet.rows.order_by("position")] == ["", "not_met"]


def test_an_older_printing_points_to_the_newer(world: World, sign_in: SignIn, sent: Assignment) -> None:
    old, new = _printed(world, sign_in), _printed(world, sign_in)
    text = sign_in(world.ben).get(f"/desk/paper/list/{old.pk}/").content.decode()
    assert "edition 2" in text and f"/desk/paper/list/{new.pk}/" in text


def test_who_may_print_but_not_read_personal_data_is_told(world: World, sign_in: SignIn) -> None:
    role = world.ben.role
    role.permissions = [one for one in role.permissions if one != "private.reveal"]
    role.save()
    said = {"site": make_site().name_zh, "purpose": "visit"}
    answer = sign_in(world.ben).post("/desk/paper/list/building/", said)
    assert answer.status_code == 422 and "printing lists" in answer.content.decode()
