"""What the forecast needs, counted in the database."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.surge import loads
from bihuan.spine.resources.models import Duty, Shift
from tests.spine.cases.known import NOON, World, make_case

HOUR = timedelta(hours=1)


def counted(world: World) -> None:
    make_case(world, opened_at=NOON - 0.5 * HOUR, due_at=NOON + HOUR, resolve_by=NOON + 1.05 * HOUR)
    make_case(world, opened_at=NOON - 2.5 * HOUR, due_at=NOON - HOUR, resolve_by=NOON - HOUR)
    make_case(world, Status.RESOLVED, opened_at=NOON - 2.5 * HOUR)
    make_case(world, agency=world.water, opened_at=NOON - 0.5 * HOUR)
    loads.count()


def test_arrivals_closings_and_dues_are_counted_for_ones_own_agencies(world: World) -> None:
    with clock.running(lambda: NOON):
        counted(world)
        found = loads.load_of(world.ben)
    assert found is not None
    load = found[0]
    assert (load.opened[-1], load.opened[-3], sum(load.opened)) == (1, 2, 3)
    assert (load.done[-1], sum(load.done)) == (1, 1)
    assert (load.overdue, load.dues[6], sum(load.dues)) == (1, 1, 1)


def test_whoever_sees_all_gets_the_citys_load(world: World) -> None:
    with clock.running(lambda: NOON):
        counted(world)
        found = loads.load_of(world.max)
    assert found is not None
    assert sum(found[0].opened) == 4


def test_people_on_duty_are_counted_once_each(world: World) -> None:
    for until_h in (1, 2):
        Shift.objects.create(
            agency=world.grid, person=world.ben, duty=Duty.OFFICER,
            from_at=NOON - HOUR, until_at=NOON + until_h * HOUR,
        )  # fmt: skip
    with clock.running(lambda: NOON):
        assert loads.people_of([world.grid, world.water]) == 1


def test_before_the_worker_has_counted_there_is_no_load(world: World) -> None:
    assert loads.load_of(world.ben) is None
