"""What the database refuses of a pass, and what retention takes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from bihuan.kernel import clock
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.states import ENDED, LIVE, Status
from bihuan.spine.cases import retention
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World

PLATE = "湘B66666"


@pytest.mark.parametrize("status", LIVE)
def test_a_vehicle_has_one_live_pass_on_a_route(world: World, status: Status) -> None:
    make_pass(world, status, plate=PLATE)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_pass(world, plate=PLATE)


@pytest.mark.parametrize("status", ENDED)
def test_what_has_ended_stands_in_nobodys_way(world: World, status: Status) -> None:
    make_pass(world, status, plate=PLATE)
    assert make_pass(world, plate=PLATE).is_live


@pytest.mark.parametrize("other", [{"plate_colour": "blue"}, {"destination_code": "430203"}])
def test_another_colour_is_another_vehicle_and_another_county_another_route(
    world: World, other: dict[str, str]
) -> None:
    make_pass(world, plate=PLATE)
    assert make_pass(world, plate=PLATE, **other).is_open


@pytest.mark.parametrize(
    "wrong",
    [
        {"valid_until": F("valid_from")},
        {"due_at": None},
        {"number": "430202000001"},
        {"status": Status.ISSUED},
        {"status": Status.DECLINED},
        {"quantity": 0},
        {"crew_count": 0},
    ],
)
def test_a_row_that_can_not_be_is_refused(world: World, wrong: dict[str, object]) -> None:
    row = make_pass(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pass.objects.filter(pk=row.pk).update(**wrong)


def test_two_pairs_of_eyes_are_of_two_people(world: World) -> None:
    row = make_pass(world, Status.ISSUED, first_by=world.ben)
    with pytest.raises(IntegrityError), transaction.atomic():
        Pass.objects.filter(pk=row.pk).update(issued_by=world.ben)


def test_what_is_personal_is_gone_ninety_days_after_the_end(world: World) -> None:
    row, valid = make_pass(world, Status.DECLINED), make_pass(world, Status.ISSUED)
    with clock.running(lambda: row.ended_at + timedelta(days=91)):
        retention.take_out()
    row.refresh_from_db()
    valid.refresh_from_db()
    assert row.phone_sealed is row.phone_hash is row.crew_sealed is None
    assert valid.phone_sealed


def test_the_applicant_is_the_firm_that_it_says(world: World) -> None:
    row = make_pass(world, applicant="sender", sender="甲", receiver="乙")
    assert row.firm == "甲"
