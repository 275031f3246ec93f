"""Figures as tiles, charts and tables."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation

from bihuan.faces.desk import boardview
from bihuan.kernel import clock
from bihuan.spine.cases.registry import Registry, Tile
from tests.spine.cases.known import NOON

# The lines' own tiles count their tables.
pytestmark = pytest.mark.django_db

AGENCIES = [
    {"code": "a", "zh": "甲", "en": "A", "open": 9, "late": 1},
    {"code": "b", "zh": "乙", "en": "B", "open": 5, "late": 4},
    {"code": "c", "zh": "丙", "en": "C", "open": 0, "late": 0},
]
HOURS = [{"hour": (NOON + timedelta(hours=k)).isoformat(), "opened": k, "ended": 1} for k in range(48)]
FIGURES: dict[str, Any] = {
    "open": 14,
    "late": 5,
    "by_agency": AGENCIES,
    "by_hour": HOURS,
    "accept_min": 12.4,
    "resolve_min": 150.0,
    "returned_rate": 0.0625,
}


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def _chart(name: str) -> boardview.Chart:
    return next(chart for chart in boardview.charts(FIGURES) if chart.name == name)


def _tile(label: str) -> boardview.TileView:
    return next(tile for tile in boardview.tiles(FIGURES) if tile.label == label)


def test_in_time_and_late_add_up_to_what_is_open() -> None:
    in_time, late = _chart("agencies").series
    assert [a + b for a, b in zip(in_time.values, late.values, strict=True)] == [9, 5]


def test_an_agency_with_nothing_open_has_no_bar() -> None:
    assert _chart("agencies").labels == ["A", "B"]


def test_the_latest_stand_first_among_the_late() -> None:
    assert _chart("late").rows == [("B", [(4, "")]), ("A", [(1, "")])]


def test_the_last_day_is_shown_hour_by_hour_in_the_citys_time() -> None:
    chart = _chart("hours")
    assert len(chart.labels) == 24
    assert chart.labels[:2] == ["12:00", "13:00"]


def test_the_table_says_what_the_chart_says() -> None:
    chart = _chart("agencies")
    assert chart.rows == [("A", [(8, ""), (1, "")]), ("B", [(1, ""), (4, "")])]
    assert chart.data["series"][0]["values"] == [8, 1]


def test_spans_and_shares_are_told_in_fitting_units() -> None:
    assert _tile("until accepted, mean").value == "12 min"
    assert _tile("until resolved, mean").value == "2.5 h"
    assert _tile("returned, of those of 24 h").value == "6.2 %"


def test_what_is_not_known_is_a_dash() -> None:
    assert _tile("reopened, of those of 24 h").value == "—"


def test_a_worrying_figure_has_its_tone_and_nothing_to_worry_has_none() -> None:
    assert _tile("late").tone == "late"
    assert boardview.tiles({})[1].tone == "plain"


def test_before_the_first_count_there_are_empty_charts() -> None:
    assert all(chart.rows == [] for chart in boardview.charts({}))


def test_lines_of_work_add_their_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boardview, "registry", Registry(tiles=[Tile("x", "Passes waiting", lambda: 7)]))
    assert boardview.tiles(FIGURES)[-1] == boardview.TileView("Passes waiting", "7")


@pytest.mark.parametrize(("speed", "is_old"), [(1, True), (60, False)])
def test_figures_grow_old_by_the_clock_in_force(speed: float, is_old: bool) -> None:
    with clock.running(clock.FastClock(NOON + timedelta(minutes=5), datetime.now(UTC), speed)):
        assert boardview.is_old(NOON) == is_old
