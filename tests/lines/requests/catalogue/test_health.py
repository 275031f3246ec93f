"""Medicine and the roads to hospital."""

import pytest

from bihuan.lines.requests.catalogue.health import COUNSELLING, MEDICINE, SERVICES

pytestmark = pytest.mark.once


def test_trips_that_can_not_wait_are_urgent_by_themselves() -> None:
    assert {spec.code for spec in SERVICES if spec.priority == "urgent"} == {"dialysis_trip", "birth"}


def test_medicine_is_handed_over_with_proof_at_a_door_that_is_known() -> None:
    assert MEDICINE.needs_proof
    assert MEDICINE.needs == {"place", "phone", "name"}


def test_despair_shows_a_number_and_needs_no_name() -> None:
    assert COUNSELLING.is_anonymous
    assert "自杀" in COUNSELLING.danger_words and "suicide" in COUNSELLING.danger_words
