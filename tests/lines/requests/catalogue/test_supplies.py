"""What a household runs out of."""

import pytest

from bihuan.lines.requests.catalogue.supplies import BABY, GAS_CARD, SERVICES

pytestmark = pytest.mark.once


def test_a_baby_is_urgent() -> None:
    assert BABY.priority == "urgent"


def test_who_hands_over_a_gas_card_gets_proof_that_it_came_back() -> None:
    assert GAS_CARD.needs_proof


def test_whatever_is_brought_needs_a_place_and_a_telephone() -> None:
    assert all({"place", "phone"} <= spec.needs for spec in SERVICES)
