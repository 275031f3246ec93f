"""What people offer."""

import pytest

from bihuan.lines.requests.catalogue.giving import OFFER_GOODS, SERVICES

pytestmark = pytest.mark.once


def test_whoever_offers_can_be_called_back() -> None:
    assert all("phone" in spec.needs for spec in SERVICES)


def test_goods_come_with_what_and_how_many() -> None:
    assert {q.code for q in OFFER_GOODS.questions if q.required} == {"goods", "quantity"}
