"""Drills at the desk."""

import csv
import io
import re

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases import drilling
from bihuan.spine.messages.models import Called, Drill
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World
from tests.spine.cases.test_drilling import on_duty

SAID = {"channels": ["screen"], "window_min": "15"}


@pytest.fixture
def drill(world: World) -> Drill:
    on_duty(world.ben, world.grid)
    return drilling.start(by=world.sam, agency=world.grid, channels=["screen"], window_min=15)


def test_a_supervisor_starts_a_drill_over_the_own_duty_list(world: World, sign_in: SignIn) -> None:
    on_duty(world.ben, world.grid)
    client = sign_in(world.sam)
    answer = client.post("/desk/drills/", SAID | {"agency": world.grid.pk}, follow=True)
    assert answer.redirect_chain and "Ben" in answer.content.decode()
    again = client.post("/desk/drills/", SAID | {"agency": world.grid.pk})
    assert again.status_code == 422 and "started by Sam" in again.content.decode()


def test_another_agencys_list_can_not_be_chosen(world: World, sign_in: SignIn) -> None:
    on_duty(world.eve, world.water)
    answer = sign_in(world.sam).post("/desk/drills/", SAID | {"agency": world.water.pk})
    assert answer.status_code == 422 and not Drill.objects.exists()


def test_whoever_was_called_finds_a_button_and_nothing_of_the_others(
    world: World, sign_in: SignIn, drill: Drill
) -> None:
    client = sign_in(world.ben)
    text = client.get(f"/desk/drills/{drill.pk}/").content.decode()
    assert "I am here" in text and "drill__people" not in text
    assert client.get("/desk/notices/").content.decode().count("DRILL")
    said = client.post(f"/desk/drills/{drill.pk}/answer/", follow=True).content.decode()
    assert "your answer counts" in said and "I am here" not in said
    assert Called.objects.get().answered_on == "screen"


def test_who_was_not_called_has_nothing_there(world: World, sign_in: SignIn, drill: Drill) -> None:
    client = sign_in(world.eve)
    assert client.get(f"/desk/drills/{drill.pk}/").status_code == 404
    assert client.post(f"/desk/drills/{drill.pk}/answer/").status_code == 404


def test_the_commander_sees_figures_and_no_names(world: World, sign_in: SignIn, drill: Drill) -> None:
    client = sign_in(world.max)
    text = client.get(f"/desk/drills/{drill.pk}/").content.decode()
    assert "Channel by channel" in text and "Ben" not in text and "End the drill now" not in text
    assert client.get(f"/desk/drills/{drill.pk}/people.csv").status_code == 404
    assert client.post(f"/desk/drills/{drill.pk}/stop/", follow=True).status_code == 200
    drill.refresh_from_db()
    assert drill.is_open


def test_the_sheet_holds_what_the_page_shows_and_is_written_down(
    world: World, sign_in: SignIn, drill: Drill
) -> None:
    client = sign_in(world.sam)
    text = client.get(f"/desk/drills/{drill.pk}/channels.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Channel"], row["Called"], row["Answered in the window"]) for row in rows] == [
        ("screen", "1", "0"),
        ("all", "1", "0"),
    ]
    people = client.get(f"/desk/drills/{drill.pk}/people.csv").content.decode()
    assert "Ben" in people and Event.objects.filter(verb="export").count() == 2


def test_a_drill_is_ended_by_hand_once(world: World, sign_in: SignIn, drill: Drill) -> None:
    client = sign_in(world.sam)
    for _ in range(2):
        text = client.post(f"/desk/drills/{drill.pk}/stop/", follow=True).content.decode()
    assert "over already" in text
    assert Event.objects.filter(verb="drill_closed").count() == 1


def test_what_runs_asks_for_itself_and_what_is_over_does_not(
    world: World, sign_in: SignIn, drill: Drill
) -> None:
    client = sign_in(world.sam)
    assert re.search(r'id="drill"[^>]*hx-get', client.get(f"/desk/drills/{drill.pk}/").content.decode())
    part = client.get(f"/desk/drills/{drill.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="figures"' in part
    drilling.stop(drill=drill, by=world.sam)
    assert not re.search(r'id="drill"[^>]*hx-get', client.get(f"/desk/drills/{drill.pk}/").content.decode())
