"""The hours of a period as bars."""

from datetime import timedelta

import pytest

from bihuan.spine.cases.afteraction.chart import MOST_BARS, chart
from bihuan.spine.cases.afteraction.picture import SERIES, Picture
from tests.spine.cases.known import NOON


def over(hours: int, every: int = 1) -> Picture:
    picture = Picture()
    for number in range(0, hours, every):
        picture.add("opened", [NOON + timedelta(hours=number)])
    return picture


def test_each_hour_of_a_day_has_its_bar() -> None:
    drawn = chart(over(24))
    opened = drawn.strips[SERIES.index("opened")]
    assert (drawn.step_h, len(opened.bars), opened.total) == (1, 24, 24)
    assert all(bar.height == 1 for bar in opened.bars)


@pytest.mark.parametrize("hours", [90, 200, 24 * 30, 24 * 400])
def test_hours_of_long_periods_share_bars_and_none_is_lost(hours: int) -> None:
    drawn = chart(over(hours))
    assert len(drawn.table) <= MOST_BARS + 1
    assert sum(counts[0] for _, counts in drawn.table) == hours


def test_bars_lie_side_by_side_inside_the_whole() -> None:
    bars = chart(over(50, every=7)).strips[0].bars
    assert all(bar.left >= 0 and bar.left + bar.width <= 1.0001 for bar in bars)
    assert [bar.left for bar in bars] == sorted(bar.left for bar in bars)


def test_shared_bars_begin_at_the_citys_midnight() -> None:
    drawn = chart(over(24 * 8))
    assert all(at.utcoffset() == timedelta(hours=8) and at.hour % drawn.step_h == 0 for at, _ in drawn.table)


def test_an_empty_picture_has_no_bars() -> None:
    drawn = chart(Picture())
    assert (drawn.from_at, [strip.bars for strip in drawn.strips]) == (None, [[]] * len(SERIES))
