"""Power, water, gas, warmth and repairs."""

import pytest

from bihuan.lines.requests.catalogue.utilities import GAS_LEAK, POWER, SERVICES

pytestmark = pytest.mark.once


def test_a_fault_needs_a_place() -> None:
    assert all("place" in spec.needs for spec in SERVICES)


def test_the_power_desk_learns_who_lives_on_oxygen() -> None:
    condition = next(question for question in POWER.questions if question.code == "condition")
    assert "oxygen" in {choice.key for choice in condition.choices}


def test_gas_is_urgent_and_shows_the_fire_brigades_number() -> None:
    assert (GAS_LEAK.priority, GAS_LEAK.emergency_number) == ("urgent", "119")
