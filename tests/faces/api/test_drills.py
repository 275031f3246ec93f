"""Drills over the API."""

from bihuan.spine.messages.drills.answering import at_desk
from bihuan.spine.messages.models import Drill
from tests.faces.api.conftest import Call
from tests.spine.cases.known import World
from tests.spine.cases.test_drilling import on_duty


def test_a_program_starts_a_drill_reads_it_and_stops_it(world: World, call: Call) -> None:
    on_duty(world.ben, world.grid)
    made = call(world.sam, "POST", "/drills", {"agency": "grid", "window_min": 5})
    assert made.status_code == 201, made.content
    at_desk(Drill.objects.get(), world.ben)
    number = made.json()["id"]
    shown = call(world.sam, "GET", f"/drills/{number}").json()
    assert (shown["called"], shown["answered"], shown["lines"][0]["channel"]) == (1, 1, "screen")
    assert [one["username"] for one in shown["people"]] == ["ben"]
    assert call(world.sam, "POST", f"/drills/{number}/stop").json()["closed_at"]
    assert call(world.sam, "POST", f"/drills/{number}/stop").status_code == 409


def test_who_sees_the_city_reads_figures_without_names(world: World, call: Call) -> None:
    on_duty(world.ben, world.grid)
    call(world.sam, "POST", "/drills", {"agency": "grid"})
    shown = call(world.max, "GET", f"/drills/{Drill.objects.get().pk}").json()
    assert shown["people"] is None and shown["called"] == 1
    assert len(call(world.max, "GET", "/drills").json()["items"]) == 1


def test_what_can_not_be_is_a_problem_at_its_field(world: World, call: Call) -> None:
    nobody = call(world.sam, "POST", "/drills", {"agency": "grid"})
    assert nobody.status_code == 422 and nobody.json()["errors"][0]["field"] == "agency"
    on_duty(world.ben, world.grid)
    wrong = call(world.sam, "POST", "/drills", {"agency": "grid", "channels": ["pigeon"]})
    assert wrong.json()["errors"][0]["field"] == "channels"
    assert call(world.sam, "POST", "/drills", {"agency": "grid", "window_min": "long"}).status_code == 422
    assert call(world.ben, "POST", "/drills", {"agency": "grid"}).status_code == 403
    assert call(world.ben, "GET", "/drills").status_code == 403
    call(world.sam, "POST", "/drills", {"agency": "grid"})
    second = call(world.sam, "POST", "/drills", {"agency": "grid"})
    assert second.status_code == 409 and "Sam" in second.json()["detail"]
