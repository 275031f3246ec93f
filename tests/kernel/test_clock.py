"""One clock, that can be stopped and made to run."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bihuan.kernel import clock
from bihuan.kernel.clock import FastClock

pytestmark = pytest.mark.once
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def test_without_another_the_machines_clock_is_in_force():
    before = datetime.now(UTC)
    assert before <= clock.now() <= datetime.now(UTC)


def test_another_clock_is_in_force_inside_the_block_only():
    with clock.running(lambda: NOON):
        assert clock.now() == NOON
    assert clock.now() != NOON


def test_the_clock_before_comes_back_after_an_error():
    with pytest.raises(ZeroDivisionError), clock.running(lambda: NOON):
        _ = 1 / 0
    assert clock.now() != NOON


def test_a_fast_clock_goes_as_many_times_as_fast(monkeypatch):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    fast = FastClock(NOON, began, 60)
    monkeypatch.setattr(clock, "_real", lambda: began + timedelta(seconds=10))
    assert fast() == NOON + timedelta(minutes=10)


def test_a_fast_clock_is_written_and_read():
    fast = FastClock(NOON, datetime(2026, 1, 1, 0, 0, 0, 5, UTC), 12.5)
    assert FastClock.parse(str(fast)) == fast


@pytest.mark.parametrize("text", ["now", "a,b,c", "2026-11-23T04:00:00+00:00,2026-11-23T04:00:00+00:00,fast"])
def test_what_is_no_clock_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        FastClock.parse(text)


def test_real_seconds_last_longer_by_a_fast_clock():
    with clock.running(FastClock(NOON, datetime.now(UTC), 60)):
        assert clock.lasting(2) == timedelta(minutes=2)
    assert clock.lasting(2) == timedelta(seconds=2)


def test_a_process_takes_its_clock_from_the_environment():
    since = datetime.now(UTC)
    code = "from bihuan.kernel.clock import now; print(now().isoformat())"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"BIHUAN_CLOCK": str(FastClock(NOON, since, 1)), "PYTHONPATH": "src"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert NOON <= datetime.fromisoformat(done.stdout.strip()) < NOON + timedelta(minutes=1)


BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
DASHING = FastClock(NOON, BEGAN, speed=10, dash=240, dash_s=30)


@pytest.mark.parametrize(("real_s", "shown_min"), [(-6, -1), (0, 0), (15, 60), (30, 120), (36, 121)])
def test_a_dash_is_over_after_its_real_seconds(real_s, shown_min):
    assert DASHING.at(BEGAN + timedelta(seconds=real_s)) == NOON + timedelta(minutes=shown_min)


def test_a_clock_started_in_another_zone_shows_utc():
    zone = timezone(timedelta(hours=8))
    shown = FastClock(NOON.astimezone(zone), BEGAN, 10).at(BEGAN)
    assert (shown, shown.utcoffset()) == (NOON, timedelta(0))


def test_a_clock_with_a_dash_is_written_and_read():
    assert FastClock.parse(str(DASHING)) == DASHING
    short = f"{NOON.isoformat()},{BEGAN.isoformat()},60"
    assert FastClock.parse(short) == FastClock(NOON, BEGAN, 60)


def test_real_seconds_across_the_end_of_a_dash_are_told_exactly(monkeypatch):
    monkeypatch.setattr(clock, "_real", lambda: BEGAN + timedelta(seconds=33))
    with clock.running(DASHING):
        assert clock.speed() == 10
        assert clock.ago(6) == DASHING.at(BEGAN + timedelta(seconds=27))
    monkeypatch.setattr(clock, "_real", lambda: BEGAN + timedelta(seconds=27))
    with clock.running(DASHING):
        assert clock.speed() == 240
        assert clock.lasting(6) == timedelta(seconds=3 * 240 + 3 * 10)
