"""The city's clock as the drill reads it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bihuan.drill.citytime import VARIABLE, CityTime, read_clock
from bihuan.kernel import clock

pytestmark = pytest.mark.once

START = datetime(2022, 11, 22, 17, 30, tzinfo=UTC)  # 01:30 on the 23rd in Zhuzhou


def test_minutes_count_from_the_citys_own_midnight() -> None:
    time = CityTime(START, since=100.0, speed=60.0, monotonic=lambda: 100.0)
    assert time.day() == date(2022, 11, 23)
    assert time.minute() == 90


def test_a_second_is_a_minute_at_speed_sixty() -> None:
    time = CityTime(START, since=100.0, speed=60.0, monotonic=lambda: 105.0)
    assert time.minute() == 95


def test_without_a_clock_in_the_environment_it_is_now(monkeypatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert read_clock(30.0, now=lambda: START).start == START
    assert read_clock(30.0).speed == 30.0


def test_the_drill_reads_the_same_clock_as_the_servers(monkeypatch) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    now = since + timedelta(seconds=30)
    monkeypatch.setenv(VARIABLE, str(clock.FastClock(START, since, 60.0)))
    read = read_clock(1.0, now=lambda: now)
    assert read.speed == 60.0
    assert read.minute() == pytest.approx(90 + 30, abs=1)
    assert VARIABLE == clock.VARIABLE


def test_a_dash_comes_first_and_the_drill_knows_when_it_is_over(monkeypatch) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    told = clock.FastClock(START, since, speed=1, dash=120, dash_s=30)
    monkeypatch.setenv(VARIABLE, str(told))
    read = read_clock(1.0, now=lambda: since + timedelta(seconds=90))
    assert read.dashed() == 90 + 60
    assert read.minute() == pytest.approx(90 + 60 + 1, abs=0.5)
