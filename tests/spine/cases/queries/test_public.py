"""What everybody may know of a Case."""

from typing import Any

import pytest

from bihuan.kernel.geo import cell, distance_m
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.cases.queries.public import public_cases, public_services, where_of, words_of
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_service, make_world

LON, LAT = 113.13217, 27.82741


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def placed(world: World, **fields: Any) -> Case:
    place = {
        "lon": LON,
        "lat": LAT,
        "cell": cell(LON, LAT),
        "place": "Lane 3, door 502",
        "summary": "no light",
    }
    return make_case(world, **(place | fields))


def shown(case: Case) -> Case:
    return public_cases().get(pk=case.pk)


def test_a_place_is_moved_to_the_middle_of_a_square_kilometre(world: World) -> None:
    where = where_of(shown(placed(world)))
    assert where.lon is not None and where.lat is not None
    assert 0 < distance_m((where.lon, where.lat), (LON, LAT)) < 1_500
    assert (where.words, where.site) == ("", "")


def test_neighbours_are_shown_at_one_and_the_same_place(world: World) -> None:
    one, other = placed(world), placed(world, lon=LON + 0.00003)
    assert where_of(shown(one)) == where_of(shown(other))


def test_words_are_nobodys_to_read(world: World) -> None:
    assert words_of(shown(placed(world))) == ""


def test_a_service_that_lies_in_the_open_shows_place_and_words(world: World, settings: Any) -> None:
    settings.BIHUAN_OPEN_SERVICES = [world.service.code]
    case = shown(placed(world))
    where = where_of(case)
    assert (where.lon, where.lat, words_of(case)) == (LON, LAT, "no light")
    assert where.words.startswith("Lane 3")


def test_of_life_and_health_no_position_is_shown(world: World) -> None:
    Service.objects.update(urgency="life")
    assert (where_of(shown(placed(world))).lon, where_of(shown(placed(world))).words) == (None, "")


@pytest.mark.parametrize("fields", [{"is_self_raised": True}, {"service": None}])
def test_what_no_resident_asked_for_or_nobody_sorted_is_not_shown(
    world: World, fields: dict[str, Any]
) -> None:
    make_case(world, Status.TRIAGE, **fields)
    assert not public_cases().exists()


def test_internal_services_and_shares_of_a_case_are_not_shown(world: World) -> None:
    inside = make_service("inside", urgency="general")
    Service.objects.filter(pk=inside.pk).update(group=INTERNAL)
    parent = make_case(world)
    make_case(world, parent=parent)
    make_case(world, service=inside)
    assert list(public_cases()) == [parent]
    assert list(public_services()) == [world.service]


def test_a_switched_off_service_is_not_offered(world: World) -> None:
    Service.objects.update(is_active=False)
    assert not public_services().exists()
