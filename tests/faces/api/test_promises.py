"""Service levels, calendars and the clocks of a Case, for programs."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.spine.cases.promises import clocks
from tests.faces.api.conftest import Call
from tests.spine.cases.known import NOON, World, make_case


def test_the_four_promises_of_a_case_are_told_with_their_state(world: World, call: Call) -> None:
    with clock.running(lambda: NOON):
        case = make_case(world)
        for name, value in clocks.start(case, NOON).items():
            setattr(case, name, value)
        case.save()
    with clock.running(lambda: NOON + timedelta(minutes=30)):
        told = call(world.ben, "GET", f"/cases/{case.pk}/clocks").json()
    assert told["version"] == 1
    states = [(one["promise"], one["state"], one["minutes"], one["percent"]) for one in told["items"]]
    assert states == [
        ("dispatch", "kept", 60, 0.0),
        ("accept", "running", 60, 50.0),
        ("reply", "running", 240, 12.5),
        ("resolve", "running", 480, 6.2),
    ]


def test_the_clocks_of_somebody_elses_case_are_not_there(world: World, call: Call) -> None:
    assert call(world.eve, "GET", f"/cases/{make_case(world).pk}/clocks").status_code == 404


def test_the_levels_in_force_are_told_in_their_order(world: World, call: Call) -> None:
    told = call(world.ben, "GET", "/levels").json()
    assert (told["version"], told["status"]) == (1, "in_force")
    assert [line["order"] for line in told["items"]] == sorted(line["order"] for line in told["items"])
    assert call(world.ben, "GET", "/levels?version=7").status_code == 404
    assert call(None, "GET", "/levels").status_code == 401


def test_calendars_are_told_with_their_hours(world: World, call: Call) -> None:
    told = {one["code"]: one for one in call(world.ben, "GET", "/calendars").json()["items"]}
    assert told["working"]["hours"]["0"] == [["08:30", "12:00"], ["14:00", "17:30"]]
    assert told["always"]["kind"] == "always"
