"""Sites, zones and Cases as features."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.faces.api.features import collections
from bihuan.faces.api.features.asking import Asked, read
from bihuan.faces.api.features.collections import COLLECTIONS, features, one
from bihuan.kernel.geo import cell
from bihuan.spine.cases.models import Case
from bihuan.spine.places.models import District, Site, Zone
from tests.spine.cases.known import NOON, World, make_case, make_world

LON, LAT = 113.13217, 27.82741
SQUARE = {"type": "Polygon", "coordinates": [[[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]]}


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def site(code: str, lon: float = LON, lat: float = LAT) -> Site:
    district, _ = District.objects.get_or_create(
        code="430204", defaults={"name_zh": "石峰区", "level": "county"}
    )
    return Site.objects.create(code=code, kind="compound", name_zh=code, district=district, lon=lon, lat=lat)


def found(name: str, **said: str) -> list[int]:
    return [feature["id"] for feature in features(COLLECTIONS[name], read(said))]


def placed(world: World) -> Case:
    return make_case(world, lon=LON, lat=LAT, cell=cell(LON, LAT), summary="zebra", place="zebra")


def test_sites_lie_in_a_box_or_not(world: World) -> None:
    here, there = site("here"), site("there", lon=100.0)
    assert found("sites") == [here.pk, there.pk]
    assert found("sites", bbox="113,27,114,28") == [here.pk]


def test_zones_are_drawn_by_outline_or_sites_and_in_force_in_a_time(world: World) -> None:
    drawn = Zone.objects.create(
        code="a", state="sealed", outline=SQUARE, from_at=NOON, until_at=NOON + timedelta(days=1)
    )
    dotted = Zone.objects.create(code="b", state="watched", from_at=NOON + timedelta(days=2))
    dotted.sites.add(site("s"))
    assert found("zones", bbox="113.5,27.5,120,30") == [drawn.pk]
    assert found("zones", bbox="113.1,27.8,113.2,27.9") == [drawn.pk, dotted.pk]
    assert found("zones", datetime="2026-11-23T12:00:00Z") == [drawn.pk]
    assert found("zones", datetime="2026-11-26T00:00:00Z/..") == [dotted.pk]


def test_of_a_case_neither_words_nor_true_place_are_shown(world: World) -> None:
    feature = one(COLLECTIONS["cases"], placed(world).pk)
    assert feature and "zebra" not in str(feature)
    assert feature["geometry"]["coordinates"] != [LON, LAT]


def test_a_box_finds_a_case_where_it_is_shown_and_never_where_it_is(world: World) -> None:
    case = placed(world)
    feature = one(COLLECTIONS["cases"], case.pk)
    assert feature
    lon, lat = feature["geometry"]["coordinates"]
    around = lambda x, y: f"{x - 1e-4},{y - 1e-4},{x + 1e-4},{y + 1e-4}"  # noqa: E731
    assert found("cases", bbox=around(lon, lat)) == [case.pk]
    assert found("cases", bbox=around(LON, LAT)) == []


def test_cases_are_narrowed_by_when_they_came(world: World) -> None:
    case = make_case(world, opened_at=NOON)
    assert found("cases", datetime="2026-11-23/2026-11-23") == [case.pk]
    assert found("cases", datetime="2026-11-24/..") == []


def test_pages_go_on_over_what_does_not_fit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "BATCH", 2)
    sites = [site(f"s{k}", lon=LON if k % 3 else 100.0) for k in range(9)]
    inside = [one.pk for one in sites if one.lon == LON]
    assert found("sites", bbox="113,27,114,28") == inside
    rest: Any = features(COLLECTIONS["sites"], Asked(box=(113, 27, 114, 28), cursor=inside[2]))
    assert [feature["id"] for feature in rest] == inside[3:]
