"""What the database refuses of a trip."""

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.lines.passes.models import Trip, TripStep
from bihuan.lines.passes.states import Status, TripStatus
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


@pytest.fixture
def trip(world: World) -> Trip:
    now = clock.now()
    return Trip.objects.create(about=make_pass(world, Status.ISSUED), expected_at=now, noticed_at=now)


def test_a_pass_has_one_trip_at_a_time(trip: Trip) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Trip.objects.create(about=trip.about, expected_at=trip.expected_at, noticed_at=trip.noticed_at)


def test_who_is_inside_has_a_deadline(trip: Trip) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Trip.objects.filter(pk=trip.pk).update(status=TripStatus.INSIDE)


def test_a_step_is_taken_once(trip: Trip) -> None:
    TripStep.objects.create(trip=trip, step="gate", at=trip.noticed_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        TripStep.objects.create(trip=trip, step="gate", at=trip.noticed_at)
