"""Which asks a banner fits."""

from bihuan.spine.cases import actions as cases
from bihuan.spine.cases.banners.actions import SITE_M
from bihuan.spine.cases.banners.area import Live, Spot, case_of, first_fit, live
from tests.spine.cases.banners.area_of import make_site, put_up
from tests.spine.cases.known import World, make_case, make_service
from tests.spine.cases.twins.town import LAT, LON, METRES_EAST


def spot(metres_east: float) -> Spot:
    return Spot(LON + metres_east * METRES_EAST, LAT)


def test_a_drawn_circle_holds_what_is_inside_and_not_what_is_well_outside(world: World) -> None:
    area = Live.of(put_up(world))
    assert all(area.fits(world.service.pk, spot(metres)) for metres in (0, 200, 400))
    assert not any(area.fits(world.service.pk, spot(metres)) for metres in (700, 5000))


def test_only_its_services_fit(world: World) -> None:
    area = Live.of(put_up(world))
    assert not area.fits(make_service("water").pk, spot(0))
    assert not area.fits(None, spot(0))


def test_a_picked_site_fits_by_its_name_and_by_what_lies_around_it(world: World) -> None:
    site = make_site("月亮小区", 3000)
    area = Live.of(put_up(world, sites=[site], circle=None))
    assert area.fits(world.service.pk, Spot(site_id=site.pk))
    assert area.fits(world.service.pk, spot(3000 + SITE_M - 80))
    assert not area.fits(world.service.pk, spot(2000))
    assert not area.fits(world.service.pk, Spot())


def test_a_banner_whose_case_is_done_is_not_live(world: World) -> None:
    banner = put_up(world, make_case(world, "working"))
    assert [one.banner for one in live()] == [banner]
    cases.resolve(case=banner.case, by=world.ben, reply="done")
    assert live() == []


def test_a_banner_follows_its_case_into_its_twin(world: World) -> None:
    banner, twin = put_up(world), make_case(world)
    cases.merge(case=banner.case, into=twin, by=world.olga)
    assert [case_of(one.banner) for one in live()] == [twin]


def test_of_two_banners_that_fit_the_newest_counts(world: World) -> None:
    put_up(world)
    newer = put_up(world)
    assert first_fit(live(), world.service.pk, spot(0)) == newer
    assert first_fit(live(), world.service.pk, spot(9000)) is None
