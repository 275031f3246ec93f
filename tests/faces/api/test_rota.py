"""Rota, notices and joint check for programs."""

from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases import actions
from bihuan.spine.cases.ladder import notices
from bihuan.spine.cases.models import JointReason
from bihuan.spine.messages import actions as messages
from bihuan.spine.messages import inbox
from bihuan.spine.resources.models import Presence, Shift
from tests.spine.cases.known import NOON, World, make_case

MORNING = {"agency": "grid", "person": "ben", "from_at": "2026-11-23T08:00", "until_at": "2026-11-23T16:00"}


def test_a_shift_is_written_read_and_taken_back(world: World, call: Any) -> None:
    with clock.running(lambda: NOON.replace(day=22)):
        made = call(world.sam, "POST", "/shifts", MORNING)
        assert made.status_code == 201
        items = call(world.sam, "GET", "/shifts?agency=grid&week=2026-11-25").json()["items"]
        assert [(one["person"], one["from_at"]) for one in items] == [("ben", "2026-11-23T00:00:00Z")]
        assert call(world.sam, "POST", f"/shifts/{items[0]['id']}/remove").status_code == 204
    assert not Shift.objects.exists()


def test_an_overlap_is_a_conflict(world: World, call: Any) -> None:
    answers = [call(world.sam, "POST", "/shifts", MORNING).status_code for _ in range(2)]
    assert answers == [201, 409]


def test_a_pattern_and_a_copied_week(world: World, call: Any) -> None:
    said = {"agency": "grid", "people": ["ben", "ida", "sam"], "first_on": "2026-11-23", "days": 7}
    assert len(call(world.sam, "POST", "/shifts/repeat", said).json()["items"]) == 21
    copied = call(world.sam, "POST", "/shifts/copy", {"agency": "grid", "monday": "2026-11-30"})
    assert len(copied.json()["items"]) == 21


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_week_at_the_ends_of_time_is_empty(world: World, call: Any, day: str) -> None:
    assert call(world.sam, "GET", f"/shifts?agency=grid&week={day}").json()["items"] == []
    assert call(world.sam, "POST", "/shifts/copy", {"agency": "grid", "monday": day}).status_code == 422


def test_who_is_on_duty_is_for_all_staff(world: World, call: Any) -> None:
    call(world.sam, "POST", "/shifts", MORNING)
    with clock.running(lambda: NOON):
        duty = call(world.eve, "GET", "/duty?agency=crew").json()
    assert ([one["username"] for one in duty["officer"]], duty["supervisor"]) == (["ben"], [])


def test_another_offices_rota_is_refused(world: World, call: Any) -> None:
    assert call(world.sam, "GET", "/shifts?agency=water").status_code == 422
    assert call(world.ben, "GET", "/shifts?agency=grid").status_code == 403


def test_notices_are_read_and_marked(world: World, call: Any) -> None:
    messages.send_many(notices.of_joint([world.ben], make_case(world), JointReason.LATE))
    (one,) = call(world.ben, "GET", "/notices").json()["items"]
    assert one["is_new"]
    assert call(world.ben, "POST", "/notices/read", {"id": 10**17}).status_code == 204
    assert not call(world.ben, "GET", "/notices").json()["items"][0]["is_new"]
    assert inbox.read_to(world.ben) == one["id"]


def test_what_waits_for_a_decision_and_the_decision(world: World, call: Any) -> None:
    case = actions.refer(case=make_case(world), by=world.max, reason="whose?")
    (one,) = call(world.max, "GET", "/joint").json()["items"]
    assert (one["case"]["id"], one["reason"]) == (case.pk, "asked")
    done = call(world.max, "POST", f"/cases/{case.pk}/decide", {"agency": "water", "reason": "yours"})
    assert done.json()["agency"]["code"] == "water"
    assert call(world.max, "GET", "/joint").json()["items"] == []


def test_an_office_that_works_by_program_is_connected(world: World, call: Any) -> None:
    call(world.ben, "GET", "/me")
    assert Presence.objects.filter(person=world.ben).exists()
