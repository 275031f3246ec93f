"""Two looks at one pass, and what is wrong with them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.geo import distance_m
from bihuan.lines.passes.checkpoints.alarms import Look, is_too_fast, judge
from bihuan.lines.passes.kinds import AlarmKind
from tests.lines.passes.seal.known import NOW

pytestmark = pytest.mark.once
EAST = Look(NOW, (113.2, 27.8), 1, "in", "let")
FAR = replace(EAST, at=NOW + timedelta(minutes=20), position=(114.2, 27.8), site=2)  # 98 km away


def test_the_first_look_is_no_alarm() -> None:
    assert judge(None, EAST) is None


def test_too_far_for_the_time_is_an_alarm_whatever_the_guard_did() -> None:
    assert judge(EAST, FAR) is AlarmKind.TRAVEL
    assert judge(EAST, replace(FAR, direction="out", outcome="turned")) is AlarmKind.TRAVEL


def test_in_at_two_without_having_left_is_a_clone() -> None:
    slow = replace(FAR, at=NOW + timedelta(hours=3))
    assert judge(EAST, slow) is AlarmKind.CLONE
    assert judge(EAST, replace(slow, direction="out")) is None
    assert judge(replace(EAST, direction="out"), slow) is None
    assert judge(EAST, replace(slow, outcome="turned")) is None


def test_twice_at_one_checkpoint_is_no_alarm() -> None:
    assert judge(EAST, replace(EAST, at=NOW + timedelta(minutes=1))) is None


def test_another_plate_is_an_alarm_by_itself() -> None:
    assert judge(None, replace(EAST, reason="other_plate")) is AlarmKind.PLATE


@given(st.floats(113, 115), st.integers(0, 7200))
def test_what_a_lorry_can_drive_is_never_an_alarm(lon: float, waited_s: int) -> None:
    position = (lon, 27.8)
    drive_s = distance_m(EAST.position, position) / (120 / 3.6)
    look = replace(EAST, position=position, at=NOW + timedelta(seconds=drive_s + waited_s), site=2)
    assert not is_too_fast(EAST, look)
