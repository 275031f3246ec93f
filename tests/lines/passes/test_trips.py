"""The closed loop."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.passes import holding, reviewing, trips
from bihuan.lines.passes.models import Desk, Pass, Trip
from bihuan.lines.passes.states import TripStatus
from bihuan.spine.audit.actions import ASKER
from tests.lines.passes.known import make_application, make_pass
from tests.lines.protection.known import make_site
from tests.spine.cases.known import World

HOUR = timedelta(hours=1)


@pytest.fixture
def issued(world: World, applied: Pass) -> Pass:
    return reviewing.approve(pass_=applied, by=world.ben)


@pytest.fixture
def trip(issued: Pass) -> Trip:
    point = make_site("point", "中转点")
    return trips.announce(pass_=issued, expected_at=clock.now() + HOUR, point=point, by=ASKER)


def go(trip: Trip, world: World, *steps: str, **seen: object) -> Trip:
    for step in steps:
        trip = trips.take_step(trip=trip, step=step, by=world.ben, **seen)  # type: ignore[arg-type]
    return trip


def test_a_lorry_comes_in_hands_over_and_goes_out_again(world: World, trip: Trip) -> None:
    done = go(trip, world, "gate", "point", "handed", "out", crew=2)
    assert done.status == TripStatus.OUT and done.out_at and not done.is_parted
    assert [one.step for one in done.steps.order_by("pk")] == ["noticed", "gate", "point", "handed", "out"]


def test_it_has_to_be_out_after_the_desks_hours_and_before_the_pass_ends(world: World, trip: Trip) -> None:
    Desk.objects.update(stay_h=2)
    inside = go(trip, world, "gate")
    assert inside.deadline_at == inside.in_at + 2 * HOUR
    go(inside, world, "out")
    Desk.objects.update(stay_h=100)
    again = trips.announce(pass_=trip.about, expected_at=clock.now(), by=world.ben)
    assert go(again, world, "gate").deadline_at == trip.about.valid_until


@pytest.mark.parametrize("steps", [("point",), ("handed",), ("out",), ("gate", "handed"), ("gate", "gate")])
def test_no_step_is_taken_out_of_turn(world: World, trip: Trip, steps: tuple[str, ...]) -> None:
    before = go(trip, world, *steps[:-1])
    with pytest.raises(Conflict):
        go(before, world, steps[-1])


def test_whoever_left_the_lorry_is_noticed_where_they_are_never_parted(world: World, trip: Trip) -> None:
    inside = go(trip, world, "gate", crew=2)
    assert go(inside, world, "point", crew=1).is_parted


def test_where_they_may_part_nobody_minds(world: World, trip: Trip) -> None:
    Trip.objects.update(is_never_parted=False)
    inside = go(trip, world, "gate", crew=2)
    assert not go(inside, world, "point", crew=1).is_parted


def test_another_seal_at_the_point_is_a_broken_one_and_a_new_one_counts_after_the_handing_over(
    world: World, trip: Trip
) -> None:
    inside = go(trip, world, "gate", seal_number="A1")
    assert go(inside, world, "point", seal_number="A2").is_seal_broken
    Trip.objects.update(is_seal_broken=False)
    back = go(trip, world, "handed", seal_number="B1")
    assert not go(back, world, "out", seal_number="B1").is_seal_broken


def test_a_pass_that_is_not_valid_lets_nobody_in(world: World, trip: Trip) -> None:
    holding.suspend(pass_=trip.about, reason="misuse", by=world.sam)
    with pytest.raises(Refused):
        go(trip, world, "gate")


def test_a_vehicle_has_one_trip_at_a_time(world: World, trip: Trip) -> None:
    with pytest.raises(Conflict):
        trips.announce(pass_=trip.about, expected_at=clock.now(), by=ASKER)
    trips.cancel(trip=trip, by=world.ben)
    assert trips.announce(pass_=trip.about, expected_at=clock.now(), by=ASKER)


def test_what_is_under_way_is_not_cancelled(world: World, trip: Trip) -> None:
    with pytest.raises(Conflict):
        trips.cancel(trip=go(trip, world, "gate"), by=world.ben)


def test_a_pass_that_is_not_for_the_closed_loop_has_no_trips(world: World, desk: Desk) -> None:
    with pytest.raises(Refused):
        trips.announce(pass_=make_application(is_closed_loop=False), expected_at=clock.now(), by=ASKER)


@pytest.mark.parametrize("ahead", [-2 * HOUR, 8 * 24 * HOUR])
def test_a_trip_is_announced_for_the_coming_days(issued: Pass, ahead: timedelta) -> None:
    with pytest.raises(Refused):
        trips.announce(pass_=issued, expected_at=clock.now() + ahead, by=ASKER)


@pytest.mark.parametrize("wrong", [{"crew": 10}, {"crew": -1}, {"seal_number": "x" * 41}, {"step": "fly"}])
def test_what_was_seen_can_be(world: World, trip: Trip, wrong: dict[str, object]) -> None:
    with pytest.raises(Refused):
        trips.take_step(trip=trip, by=world.ben, **({"step": "gate"} | wrong))  # type: ignore[arg-type]


def test_another_office_takes_nothing_down(world: World, trip: Trip) -> None:
    with pytest.raises(Forbidden):
        trips.take_step(trip=trip, step="gate", by=world.eve)


def test_a_look_without_network_counts_when_it_was_and_never_in_the_future(world: World, trip: Trip) -> None:
    seen_at = clock.now() - timedelta(seconds=5)
    assert go(trip, world, "gate", at=seen_at).in_at == seen_at
    assert go(trip, world, "out", at=clock.now() + HOUR).out_at <= clock.now()


def test_a_pass_that_was_not_decided_has_no_gate(world: World, desk: Desk) -> None:
    waiting = trips.announce(pass_=make_pass(world, is_closed_loop=True), expected_at=clock.now(), by=ASKER)
    with pytest.raises(Refused):
        go(waiting, world, "gate")
