"""People who can't manage alone."""

import pytest

from bihuan.lines.requests.catalogue.care import ELDERLY_VISIT, SERVICES

pytestmark = pytest.mark.once


def test_a_neighbour_who_worries_need_not_give_a_name() -> None:
    assert ELDERLY_VISIT.needs == {"place"}


def test_someone_who_has_fallen_is_a_matter_for_120() -> None:
    assert all("摔倒" in spec.danger_words and spec.emergency_number == "120" for spec in SERVICES)
