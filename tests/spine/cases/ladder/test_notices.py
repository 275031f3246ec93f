"""What the ladder says, and in which language."""

import pytest
from django.utils import translation

from bihuan.spine.cases.ladder import notices
from bihuan.spine.cases.models import Case, Climb, JointReason, Promised, Whom
from bihuan.spine.resources import presence
from tests.spine.cases.known import World, make_case
from tests.spine.cases.ladder.desk import at


def climb(case: Case, **fields: object) -> Climb:
    known = {
        "promise": Promised.ACCEPT, "percent": 80, "begins_at": at(0)(), "minutes": 60, "due_at": at(60)(),
        "meant": Whom.DUTY, "whom": Whom.DUTY, "at": at(48)(),
    }  # fmt: skip
    return Climb(case=case, **known | fields)


def body(world: World, one: Climb) -> str:
    presence.seen(world.ben, "en")
    return notices.of_climb(world.ben, one.case, one)[0].body


def test_a_rung_names_promise_share_service_and_agency(world: World) -> None:
    said = body(world, climb(make_case(world)))
    assert "accept" in said and "80 %" in said and "power_failure" in said and "Power grid" in said


def test_from_a_hundred_percent_on_it_says_late(world: World) -> None:
    case = make_case(world)
    assert "late" not in body(world, climb(case, percent=99))
    assert "late" in body(world, climb(case, percent=100))


def test_it_says_for_whom_it_was_meant_when_that_one_was_not_on_duty(world: World) -> None:
    case = make_case(world)
    assert "Meant for" not in body(world, climb(case))
    assert "Meant for: the person on duty" in body(world, climb(case, whom=Whom.SUPERVISOR))


def test_whoever_never_opened_a_desk_reads_chinese(world: World) -> None:
    case = make_case(world)
    assert "接单" in notices.of_climb(world.ida, case, climb(case))[0].body


@pytest.mark.parametrize("reason", JointReason)
def test_each_way_into_the_joint_check_has_its_words(world: World, reason: JointReason) -> None:
    presence.seen(world.ben, "en")
    case = make_case(world)
    said = notices.of_joint([world.ben], case, reason)[0].body
    with translation.override("en"):
        assert str(reason.label) in said


def test_a_silent_office_is_named_and_linked(world: World) -> None:
    (message,) = notices.of_silence([world.sam], world.grid)
    assert "供电公司" in message.subject and "agency=grid" in message.body


def test_a_case_without_service_or_agency_can_be_told_of(world: World) -> None:
    case = make_case(world, service=None, agency=None, status="triage")
    assert notices.of_climb(world.olga, case, climb(case))
