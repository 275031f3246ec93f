"""The closed loop on pages."""

import pytest
from django.test import Client
from django.utils.timezone import localtime

from bihuan.kernel import clock
from bihuan.lines.passes import reviewing
from bihuan.lines.passes.models import Pass, Trip
from bihuan.lines.passes.states import TripStatus
from tests.faces.desk.conftest import SignIn
from tests.spine.cases.known import World


@pytest.fixture
def trip(world: World, applied: Pass) -> Trip:
    reviewing.approve(pass_=applied, by=world.ben)
    ana = Client(headers={"accept-language": "en"})
    ana.post(f"/passes/r/{applied.receipt}/prove/", {"digits": "7733"})
    said = {"expected_at": f"{localtime(clock.now()):%Y-%m-%dT%H:%M}"}
    ana.post(f"/passes/r/{applied.receipt}/trip/", said)
    return Trip.objects.get()


def test_the_holder_announces_and_the_desk_takes_down_each_look(
    world: World, trip: Trip, sign_in: SignIn
) -> None:
    ben = sign_in(world.ben)
    assert trip.about.plate[2:] in ben.get("/passes/trips/").content.decode()
    ben.post(f"/passes/trips/{trip.pk}/gate/", {"crew": "2", "seal_number": "A1"})
    ben.post(f"/passes/trips/{trip.pk}/out/", {"crew": "1", "seal_number": "A1"})
    trip.refresh_from_db()
    assert trip.status == TripStatus.OUT and trip.is_parted and not trip.is_seal_broken


def test_what_did_not_come_is_taken_off(world: World, trip: Trip, sign_in: SignIn) -> None:
    sign_in(world.ben).post(f"/passes/trips/{trip.pk}/cancel/")
    trip.refresh_from_db()
    assert trip.status == TripStatus.CANCELLED


def test_what_is_no_step_and_what_is_another_desks_is_not_there(
    world: World, trip: Trip, sign_in: SignIn
) -> None:
    assert sign_in(world.ben).post(f"/passes/trips/{trip.pk}/fly/").status_code == 404
    assert sign_in(world.eve).post(f"/passes/trips/{trip.pk}/gate/").status_code == 404
    assert sign_in(world.ben).post(f"/passes/trips/{trip.pk}/gate/", {"crew": "99"}).status_code == 422


def test_a_trip_without_a_time_is_not_announced(applied: Pass) -> None:
    ana = Client(headers={"accept-language": "en"})
    ana.post(f"/passes/r/{applied.receipt}/prove/", {"digits": "7733"})
    assert ana.post(f"/passes/r/{applied.receipt}/trip/", {}).status_code == 422
    assert not Trip.objects.exists()
