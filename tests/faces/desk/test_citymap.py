"""What the city map shows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bihuan.faces.desk import citymap
from bihuan.faces.desk.citymap import Box, Look
from bihuan.kernel import clock, geo
from bihuan.spine.cases.models import Case, Figures
from bihuan.spine.cases.states import Status
from bihuan.spine.places.models import District
from tests.spine.cases.known import NOON, World, make_case

LON, LAT = 113.13, 27.83
AROUND = Box(LON - 0.02, LAT - 0.02, LON + 0.02, LAT + 0.02)
NEAR = Look(AROUND, 14)


def _at(world: World, lon: float = LON, lat: float = LAT, **fields: object) -> Case:
    return make_case(world, askers=0, lon=lon, lat=lat, cell=geo.cell(lon, lat), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,d", "114,27,113,28", "0,0,inf,1", "nan,0,1,1", "0,0,999,1"]
)
def test_a_spoilt_view_is_none(text: str) -> None:
    assert Box.parse(text) is None


def test_a_view_is_read() -> None:
    assert Box.parse("113.1,27.8,113.2,27.9") == Box(113.1, 27.8, 113.2, 27.9)


def test_a_wide_view_has_no_cells() -> None:
    assert Box(70, 20, 130, 50).cells() == []


def test_a_cell_that_the_view_only_touches_counts() -> None:
    assert geo.cell(AROUND.west, AROUND.south) in AROUND.cells()


def test_near_by_single_cases_are_shown_within_the_view(world: World) -> None:
    inside, outside = _at(world), _at(world, lon=LON + 0.0201)
    found = citymap.in_view(world.max, NEAR).cases
    assert inside in found and outside not in found


def test_ended_cases_are_not_shown(world: World) -> None:
    _at(world, status=Status.CLOSED)
    assert citymap.in_view(world.max, NEAR).cases == []


def test_a_supervisor_sees_the_own_agencys_cases_only(world: World) -> None:
    _at(world, agency=world.water)
    own = _at(world)
    assert citymap.in_view(world.sam, NEAR).cases == [own]


def test_state_and_lateness_narrow_the_view(world: World) -> None:
    late = _at(world, status=Status.ACCEPTED, due_at=clock.now() - timedelta(minutes=1))
    _at(world, status=Status.ACCEPTED, due_at=clock.now() + timedelta(hours=1))
    _at(world)
    assert len(citymap.in_view(world.max, replace(NEAR, status="accepted")).cases) == 2
    assert citymap.in_view(world.max, replace(NEAR, status="accepted", late=True)).cases == [late]


def test_more_than_the_map_can_carry_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citymap, "MOST_CASES", 2)
    for _ in range(3):
        _at(world)
    view = citymap.in_view(world.max, NEAR)
    assert (len(view.cases), view.has_more) == (2, True)


def test_from_afar_districts_are_counted_by_the_worker(world: World) -> None:
    District.objects.create(code="430211", level="county", name_zh="天元区", lon=LON, lat=LAT)
    values = {"by_district": [{"code": "430211", "open": 7, "late": 2}]}
    Figures.objects.create(name="board", counted_at=NOON, values=values)
    (row,) = citymap.in_view(world.max, Look(None, 7)).counts
    assert (row["open"], row["late"]) == (7, 2)


def test_a_district_without_figures_counts_nothing(world: World) -> None:
    District.objects.create(code="430211", level="county", name_zh="天元区", lon=LON, lat=LAT)
    assert [row["open"] for row in citymap.counts()] == [0]


def test_points_carry_shape_words_and_number(world: World) -> None:
    case = _at(world, due_at=clock.now() - timedelta(minutes=3))
    (point,) = citymap.geojson(citymap.in_view(world.max, NEAR))["features"]
    assert point["geometry"]["coordinates"] == [LON, LAT]
    assert (point["properties"]["id"], point["properties"]["shape"]) == (case.pk, "late")


@pytest.mark.parametrize(
    ("status", "shape"), [("waiting", "waiting"), ("working", "hand"), ("hold", "hold"), ("resolved", "done")]
)
def test_each_state_has_its_shape(world: World, status: str, shape: str) -> None:
    assert citymap.shape(make_case(world, Status(status)), NOON) == shape


def test_every_open_state_has_a_shape() -> None:
    assert {status for status in Status if status not in citymap.SHAPES} == {
        Status.CLOSED, Status.DECLINED, Status.WITHDRAWN, Status.MERGED,
    }  # fmt: skip


def test_half_way_the_counts_are_by_cell_and_only_of_the_view(world: World) -> None:
    cell = {"cell": "x", "lat": LAT, "open": 4, "late": 1, "by_status": {}}
    values = {"cells": [{**cell, "lon": LON}, {**cell, "lon": LON + 1}]}
    Figures.objects.create(name="map", counted_at=NOON, values=values)
    points = citymap.geojson(citymap.in_view(world.max, Look(AROUND, 11)))["features"]
    assert [(point["geometry"]["coordinates"], point["properties"]["count"]) for point in points] == [
        ([LON, LAT], 4)
    ]


def test_a_spoilt_look_is_from_afar() -> None:
    assert Look.parse({"zoom": "near", "bbox": "x"}) == Look(None, 0.0)
