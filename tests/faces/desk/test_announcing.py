"""The form for a banner."""

from bihuan.faces.desk.announcing import NEAR_M, BannerForm, sites_near
from tests.spine.cases.banners.area_of import make_site
from tests.spine.cases.known import World, make_case
from tests.spine.cases.twins.town import place


def test_compounds_near_by_are_offered_the_nearest_first(world: World) -> None:
    far, near = make_site("远", 900), make_site("近", 100)
    make_site("外地", NEAR_M + 200)
    case = make_case(world, **place(0))
    assert sites_near(case) == [near, far]
    assert set(BannerForm(case).fields["near"].queryset) == {near, far}


def test_a_case_without_a_place_offers_its_site_or_nothing(world: World) -> None:
    site = make_site("近")
    assert sites_near(make_case(world)) == []
    assert sites_near(make_case(world, site=site)) == [site]


def test_the_case_s_own_service_and_compound_are_ticked_already(world: World) -> None:
    site = make_site("近")
    form = BannerForm(make_case(world, site=site, **place(0)))
    assert form.initial["services"] == [world.service.pk]
    assert form.initial["near"] == [site.pk]


def test_one_name_in_two_districts_is_refused(world: World) -> None:
    one = make_site("阳光")
    one.pk, one.code = None, "other"
    one.save(force_insert=True)
    form = BannerForm(make_case(world), {"names": "阳光", "case": 1})
    assert "several districts" in str(form.errors["names"]) or "几个区" in str(form.errors["names"])
