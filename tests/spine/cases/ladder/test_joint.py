"""Fallback owners and running checks."""

import pytest
from django.db import IntegrityError, transaction

from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.ladder import joint
from bihuan.spine.cases.models import Fallback, JointCheck, JointReason
from bihuan.spine.places.models import District
from tests.spine.cases.known import World, make_case
from tests.spine.cases.ladder.desk import at


@pytest.fixture
def district(db: None) -> District:
    return District.objects.create(
        code="430202", level="county", name_zh="荷塘区", name_en="Hetang", population=1, lon=113.1, lat=27.8
    )


def test_the_districts_fallback_owner_comes_before_the_citys(world: World, district: District) -> None:
    Fallback.objects.create(agency=world.city)
    Fallback.objects.create(agency=world.water, district=district)
    assert joint.fallback_of(make_case(world, district=district)) == world.water
    assert joint.fallback_of(make_case(world)) == world.city


def test_a_closed_agency_is_no_fallback_owner(world: World, district: District) -> None:
    Fallback.objects.create(agency=world.city)
    Fallback.objects.create(agency=world.water, district=district)
    Agency.objects.filter(pk=world.water.pk).update(is_active=False)
    assert joint.fallback_of(make_case(world, district=district)) == world.city


def test_without_any_there_is_none(world: World) -> None:
    assert joint.fallback_of(make_case(world)) is None


def test_the_database_holds_one_for_each_district_and_one_for_the_city(
    world: World, district: District
) -> None:
    for where in (None, district):
        Fallback.objects.create(agency=world.city, district=where)
        with pytest.raises(IntegrityError), transaction.atomic():
            Fallback.objects.create(agency=world.water, district=where)


def test_the_database_holds_one_running_check_for_a_case(world: World) -> None:
    case = make_case(world)
    joint.put(case, JointReason.ASKED, at(1)())
    with pytest.raises(IntegrityError), transaction.atomic():
        joint.put(case, JointReason.LATE, at(2)())
    joint.end(case, at(3)())
    joint.put(case, JointReason.LATE, at(4)())
    assert JointCheck.objects.count() == 2


def test_a_decision_holds_for_the_agency_it_was_made_for(world: World) -> None:
    case = make_case(world)
    joint.put(case, JointReason.ASKED, at(1)())
    joint.end(case, at(2)(), world.max, world.grid)
    assert joint.decision_on(case) == JointCheck.objects.get()
    case.agency = world.water
    assert joint.decision_on(case) is None
