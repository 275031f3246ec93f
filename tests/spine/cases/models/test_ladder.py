"""The rows of the ladder, as the database keeps them."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bihuan.spine.cases.models import Climb, Fallback, Rung, Silence
from tests.spine.cases.known import NOON, World, make_case


def climb(world: World, **fields: object) -> Climb:
    known = {
        "promise": "accept", "percent": 50, "begins_at": NOON, "minutes": 60, "due_at": NOON, "meant": "duty",
        "whom": "duty", "at": NOON,
    }  # fmt: skip
    return Climb.objects.create(**known | fields)


def test_a_rung_of_a_promise_is_climbed_once(world: World) -> None:
    case = make_case(world)
    climb(world, case=case)
    for other in ({"percent": 80}, {"minutes": 15}, {"promise": "resolve"}, {"case": make_case(world)}):
        climb(world, **{"case": case} | other)
    with pytest.raises(IntegrityError), transaction.atomic():
        climb(world, case=case, due_at=NOON.replace(hour=9))


def test_one_alarm_at_a_time_for_an_office(world: World) -> None:
    first = Silence.objects.create(agency=world.grid, from_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Silence.objects.create(agency=world.grid, from_at=NOON)
    Silence.objects.filter(pk=first.pk).update(ended_at=NOON)
    Silence.objects.create(agency=world.grid, from_at=NOON)


@pytest.mark.parametrize("percent", [0, -1, 1001])
def test_the_database_refuses_what_is_no_share(db: None, percent: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rung.objects.create(percent=percent, whom="duty")


def test_a_fallback_owner_names_itself(world: World) -> None:
    with translation.override("en"):
        assert str(Fallback(agency=world.grid)) == "the whole city: Power grid"
