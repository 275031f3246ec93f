"""Moments, remains and bars in words."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from bihuan.kernel import clock
from bihuan.lines.protection.queries import Coverage
from bihuan.lines.protection.templatetags import care
from tests.spine.cases.known import NOON


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.running(lambda: NOON), translation.override("en"):
        yield


def test_today_is_told_by_the_hour() -> None:
    assert care.day_time(NOON) == "12:00"
    assert care.day_time(NOON + timedelta(days=1)) == "11-24 12:00"
    assert care.day_time(None) == ""


@pytest.mark.parametrize(
    ("hours", "words"), [(80, "3 days left"), (30, "1 day left"), (5, "ends today"), (-1, "at an end")]
)
def test_remains_are_told_in_whole_days(hours: int, words: str) -> None:
    assert care.days_left(NOON + timedelta(hours=hours)) == words


def test_a_bar_is_as_long_as_its_parts() -> None:
    drawn = care.bar(Coverage(None, 4, 2, 1, 1, 0, 0))  # type: ignore[arg-type]
    assert "50%" in drawn
    assert drawn.count("<rect") == 3
    assert care.bar(Coverage(None, 4, 0, 0, 0, 0, 0)) == "—"  # type: ignore[arg-type]
