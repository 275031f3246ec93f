"""In which zone a place lies."""

from datetime import UTC, datetime, timedelta

import pytest

from bihuan.spine.places.models import District, DistrictLevel, Site, Zone, ZoneState
from bihuan.spine.places.queries import zone_state_at
from bihuan.spine.places.zones import zones_since

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[113.0, 27.0], [114.0, 27.0], [114.0, 28.0], [113.0, 28.0], [113.0, 27.0]]],
}


@pytest.fixture
def compound(db: None) -> Site:
    district = District.objects.create(code="430211", level=DistrictLevel.COUNTY, name_zh="天元区")
    return Site.objects.create(
        code="s1", kind="compound", name_zh="桃源里", district=district, lon=113.5, lat=27.5
    )


def zone(state: str, **fields: object) -> Zone:
    return Zone.objects.create(
        **{"code": f"z{state}", "name_zh": "区", "state": state, "from_at": NOON, **fields}
    )


def test_outside_all_zones_everything_is_normal(compound: Site) -> None:
    assert zone_state_at(113.5, 27.5, compound.pk, NOON) == ZoneState.NORMAL


def test_a_position_within_an_outline_has_its_state(compound: Site) -> None:
    zone(ZoneState.SEALED, outline=SQUARE)
    assert zone_state_at(113.5, 27.5, None, NOON) == ZoneState.SEALED
    assert zone_state_at(115.0, 27.5, None, NOON) == ZoneState.NORMAL
    assert zone_state_at(None, None, None, NOON) == ZoneState.NORMAL


def test_a_site_has_the_state_of_the_zone_that_names_it(compound: Site) -> None:
    zone(ZoneState.CONTROLLED).sites.add(compound)
    assert zone_state_at(None, None, compound.pk, NOON) == ZoneState.CONTROLLED


def test_of_two_zones_the_stricter_counts(compound: Site) -> None:
    zone(ZoneState.WATCHED, outline=SQUARE)
    zone(ZoneState.SEALED).sites.add(compound)
    assert zone_state_at(113.5, 27.5, compound.pk, NOON) == ZoneState.SEALED


def test_a_zone_counts_from_its_first_instant_until_before_its_last(compound: Site) -> None:
    zone(ZoneState.SEALED, outline=SQUARE, until_at=NOON + HOUR)
    asked = (NOON - HOUR, NOON, NOON + HOUR)
    seen = zones_since(NOON - HOUR)
    assert [seen.state_at(113.5, 27.5, None, at) for at in asked] == ["normal", "sealed", "normal"]
