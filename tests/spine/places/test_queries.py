"""Where something is, and which sites fit."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.spine.places import queries
from bihuan.spine.places.models import District, DistrictLevel, Site
from tests.spine.cases.known import NOON

OUTLINE = {"type": "Polygon", "coordinates": [[[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]]}


@pytest.fixture
def district(db: None) -> District:
    queries.forget()
    return District.objects.create(
        code="430211", level=DistrictLevel.COUNTY, name_zh="天元区", name_en="Tianyuan", outline=OUTLINE
    )


def make_site(district: District, code: str, zh: str, en: str = "") -> Site:
    return Site.objects.create(
        code=code, kind="compound", district=district, name_zh=zh, name_en=en, lon=113.5, lat=27.5
    )


def test_place_of_gives_district_street_and_site(district: District) -> None:
    street = District.objects.create(code="430211001", level=DistrictLevel.STREET, name_zh="泰山路街道")
    site = make_site(district, "s1", "松林苑")
    Site.objects.update(street=street)
    assert queries.place_of(113.5, 27.5, "松林苑") == (district, street, site)
    assert queries.place_of(None, None, "松林苑") == (district, street, site)
    assert queries.place_of(120.0, 30.0) == (None, None, None)


def test_a_new_site_is_known_at_once(district: District) -> None:
    assert queries.place_of(None, None, "松林苑")[2] is None
    site = make_site(district, "s1", "松林苑")
    assert queries.place_of(None, None, "松林苑")[2] == site


def test_a_site_that_was_renamed_is_known_after_a_minute(district: District) -> None:
    site = make_site(district, "s1", "松林苑")
    with clock.running(lambda: NOON):
        queries.place_of(None, None, "松林苑")
        Site.objects.update(name_zh="松涛苑")
    with clock.running(lambda: NOON + timedelta(minutes=1)):
        assert queries.place_of(None, None, "松涛苑")[2] == site


def test_what_is_known_is_not_read_again(district: District, django_assert_num_queries: object) -> None:
    with clock.running(lambda: NOON):
        queries.atlas()
        with django_assert_num_queries(2):  # type: ignore[operator]
            queries.atlas()


def test_sites_that_begin_with_what_was_typed_come_first(district: District) -> None:
    inner = make_site(district, "s1", "大松林苑")
    first = make_site(district, "s2", "松林苑")
    assert queries.find_sites("松林") == [first, inner]
    assert queries.find_sites("松林", limit=1) == [first]


def test_english_names_are_found_in_any_case(district: District) -> None:
    site = make_site(district, "s1", "松林苑", "Pine Court")
    assert queries.find_sites("pine") == [site]
    assert queries.find_sites("COURT") == [site]


@pytest.mark.parametrize("typed", ["", "  ", "\x00", "%", "_", "nowhere"])
def test_odd_texts_find_nothing(district: District, typed: str) -> None:
    make_site(district, "s1", "松林苑")
    assert queries.find_sites(typed) == []
