"""Where a Case stands on the ladder, in words."""

from django.utils import translation

from bihuan.kernel import clock
from bihuan.spine.cases import actions
from bihuan.spine.cases.ladder import reading
from bihuan.spine.resources.models import Duty
from tests.spine.cases.known import World, make_case
from tests.spine.cases.ladder.desk import at, begun, rota, shift, tick


def test_the_page_tells_who_was_told_and_for_whom_it_was_meant(world: World) -> None:
    shift(world.grid, world.sam, Duty.SUPERVISOR)
    case = begun(world)
    tick(30)
    with translation.override("en"):
        (one,) = reading.reached(case)
    assert (one.promise, one.percent, one.at) == ("accept", 50, at(30)())
    assert one.words == "the supervisor on duty: Sam (not on duty: the person on duty)"


def test_it_says_that_nobody_was_on_duty(world: World) -> None:
    case = begun(world)
    tick(30)
    with translation.override("en"):
        assert reading.reached(case)[0].words == "nobody was on duty"


def test_the_next_rung_is_the_nearest_of_all_promises_that_run(world: World) -> None:
    rota(world)
    case = begun(world)
    first = reading.next_of(case, at(0)())
    assert first is not None and (first.at, first.percent) == (at(30)(), 50)
    with clock.running(at(1)):
        case = actions.accept(case=case, by=world.ben)
    later = reading.next_of(case, at(1)())
    assert later is not None and (later.at, later.percent) == (at(120)(), 50)


def test_while_the_asker_is_asked_there_is_no_next_rung(world: World) -> None:
    with clock.running(at(1)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    assert reading.next_of(case, at(2)()) is None


def test_the_newest_decision_is_shown(world: World) -> None:
    case = make_case(world)
    assert reading.decided(case) is None
    case = actions.refer(case=case, by=world.max, reason="whose?")
    actions.decide(case=case, agency=world.water, by=world.max, reason="yours")
    check = reading.decided(case)
    assert check is not None and (check.decided_for, check.ended_by) == (world.water, world.max)
