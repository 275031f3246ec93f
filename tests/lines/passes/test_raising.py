"""Vehicles that are overdue."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes import raising, trips
from bihuan.lines.passes.catalogue import SERVICES
from bihuan.lines.passes.models import Trip
from bihuan.lines.passes.states import Status
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.services import write_services
from bihuan.spine.door import needs
from bihuan.spine.messages.models import Message
from tests.lines.passes.known import make_county, make_desk, make_pass
from tests.spine.cases.known import make_agency, make_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def trip(transactional_db: None) -> Trip:
    world = make_world()
    make_county()
    make_desk(world)
    make_agency("transport", "交通局", "Transport")
    write_services(SERVICES)
    needs.forget() if hasattr(needs, "forget") else None
    pass_ = make_pass(world, Status.ISSUED, is_closed_loop=True)
    made = trips.announce(pass_=pass_, expected_at=clock.now(), by=world.ben)
    return trips.take_step(trip=made, step="gate", by=world.ben)


def test_a_vehicle_that_is_not_out_in_time_becomes_a_case_once(trip: Trip) -> None:
    assert raising.step() == 0
    with clock.running(lambda: trip.deadline_at + timedelta(minutes=1)):
        assert [raising.step(), raising.step()] == [1, 0]
    trip.refresh_from_db()
    case = Case.objects.get()
    assert trip.case == case and case.is_self_raised and case.service.code == "trip_overdue"
    assert trip.about.plate in case.askers.get().submission.text
    assert Message.objects.filter(template="pass_trip_late").count() == 1


def test_a_worker_that_was_killed_before_it_wrote_the_case_down_comes_to_the_same(trip: Trip) -> None:
    with clock.running(lambda: trip.deadline_at + timedelta(minutes=1)):
        raising.step()
        Trip.objects.update(case=None)
        raising.step()
    assert Case.objects.count() == 1
    trip.refresh_from_db()
    assert trip.case
