"""Reading banners."""

import pytest
from django.http import Http404

from bihuan.spine.cases.banners import actions
from bihuan.spine.cases.banners.area import Spot
from bihuan.spine.cases.banners.queries import access_banner, list_known, list_live, list_past
from tests.spine.cases.banners.area_of import put_up
from tests.spine.cases.known import World, make_service
from tests.spine.cases.twins.town import LAT, LON


def test_what_is_up_and_what_was(world: World) -> None:
    first, second = put_up(world), put_up(world)
    actions.take_down(banner=first, by=world.olga)
    assert list_live() == [second]
    assert list_past() == [first]


def test_what_is_known_of_a_service_anywhere_and_at_a_place(world: World) -> None:
    banner = put_up(world)
    assert list_known(world.service) == [banner]
    assert list_known(world.service, Spot(LON, LAT)) == [banner]
    assert list_known(world.service, Spot(LON + 1, LAT)) == []
    assert list_known(make_service("water")) == []


def test_a_banner_of_another_office_s_case_is_not_there(world: World) -> None:
    banner = put_up(world)
    assert access_banner(world.olga, banner.pk) == banner
    with pytest.raises(Http404):
        access_banner(world.eve, banner.pk)
