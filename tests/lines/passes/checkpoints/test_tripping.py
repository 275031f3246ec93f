"""Scans at gates take the trip of the closed loop on."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Desk, Scan, Trip, TripStep
from bihuan.lines.passes.states import Status, TripStatus
from bihuan.lines.passes.trips import announce
from bihuan.spine.audit.actions import ASKER
from tests.lines.passes.checkpoints.known import Telephone, make_telephone
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


@pytest.fixture
def phone(world: World) -> Telephone:
    return make_telephone(world)


@pytest.fixture
def trip(world: World, desk: Desk) -> Trip:
    made = make_pass(world, Status.ISSUED, is_closed_loop=True)
    return announce(pass_=made, expected_at=clock.now(), by=ASKER)


def scan(phone: Telephone, trip: Trip, **said: object) -> Trip:
    papers = [phone.paper(number=trip.about.number, **said)]
    take_in_scans(device=phone.device, papers=papers)
    return Trip.objects.get(pk=trip.pk)


def test_in_and_out_are_steps_of_the_trip_at_the_time_they_were_seen(phone: Telephone, trip: Trip) -> None:
    seen = clock.now() - timedelta(minutes=5)
    inside = scan(phone, trip, at=seen)
    assert (inside.status, inside.in_at, inside.gate) == (TripStatus.INSIDE, seen, phone.device.site)
    assert scan(phone, trip, direction="out").status == TripStatus.OUT
    assert list(TripStep.objects.order_by("pk").values_list("step", flat=True)) == ["noticed", "gate", "out"]


def test_both_may_come_in_together_in_any_order(phone: Telephone, trip: Trip) -> None:
    now = clock.now()
    said = {"number": trip.about.number}
    papers = [
        phone.paper(**said, direction="out", at=now),
        phone.paper(**said, direction="in", at=now - timedelta(hours=1)),
    ]
    take_in_scans(device=phone.device, papers=papers)
    assert Trip.objects.get().status == TripStatus.OUT


@pytest.mark.parametrize("said", [{"outcome": "turned"}, {"direction": "out"}, {"number": "430202999999"}])
def test_what_is_no_step_of_it_leaves_the_trip_and_is_kept(
    phone: Telephone, trip: Trip, said: dict[str, str]
) -> None:
    take_in_scans(device=phone.device, papers=[phone.paper(**{"number": trip.about.number, **said})])
    assert Trip.objects.get().status == TripStatus.NOTICED and Scan.objects.count() == 1


def test_a_trip_that_its_rules_refuse_does_not_lose_the_scan(phone: Telephone, trip: Trip) -> None:
    type(trip.about).objects.filter(pk=trip.about_id).update(status=Status.SUSPENDED)
    assert scan(phone, trip).status == TripStatus.NOTICED
    assert Scan.objects.count() == 1
