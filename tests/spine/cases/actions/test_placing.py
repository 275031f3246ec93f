"""Correcting a Case's place."""

import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, PlaceFrom
from bihuan.spine.cases.states import Status
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_case, make_rule

CLOCKS = ("opened_at", "accept_by", "resolve_by", "due_at", "agency_id", "officer_id", "status", "priority")


@pytest.fixture
def site(db: None) -> Site:
    county = District.objects.create(code="1", name_zh="天元区", level="county")
    return Site.objects.create(
        code="s", name_zh="银杏", kind="compound", district=county, lon=113.1, lat=27.8
    )


def test_the_place_changes_and_owner_and_clocks_stay(world: World, site: Site) -> None:
    case = make_case(world, Status.ACCEPTED, officer=world.ben)
    before = Case.objects.values(*CLOCKS).get(pk=case.pk)
    actions.relocate(case=case, by=world.ben, site=site)
    case.refresh_from_db()
    assert (case.site, case.district, case.lon, case.place_from) == (
        site, site.district, 113.1, PlaceFrom.PERSON,
    )  # fmt: skip
    assert Case.objects.values(*CLOCKS).get(pk=case.pk) == before
    detail = Event.objects.get(verb="relocate").detail
    assert detail["set"]["site_id"] == site.pk
    assert "lon" not in detail["set"]


def test_a_district_alone_takes_the_position_away(world: World, site: Site) -> None:
    case = make_case(world, lon=113.9, lat=27.1, cell="x")
    actions.relocate(case=case, by=world.olga, district=site.district)
    case.refresh_from_db()
    assert (case.district, case.site, case.lon, case.cell) == (site.district, None, None, "")


def test_asked_to_the_rules_find_the_owner_anew(world: World, site: Site) -> None:
    make_rule(1, world.water, district=site.district)
    case = make_case(world, Status.TRIAGE)
    moved = actions.relocate(case=case, by=world.olga, site=site, find_owner=True)
    assert (moved.agency, moved.status) == (world.water, Status.WAITING)


def test_who_may_not_transfer_changes_nothing_at_all(world: World, site: Site) -> None:
    make_rule(1, world.water, district=site.district)
    case = make_case(world, Status.ACCEPTED, officer=world.ben)
    with pytest.raises(Forbidden):
        actions.relocate(case=case, by=world.ben, site=site, find_owner=True)
    case.refresh_from_db()
    assert (case.site, case.agency) == (None, world.grid)


def test_no_place_and_another_office_are_refused(world: World, site: Site) -> None:
    case = make_case(world)
    with pytest.raises(Refused):
        actions.relocate(case=case, by=world.olga)
    with pytest.raises(Forbidden):
        actions.relocate(case=case, by=world.eve, site=site)
