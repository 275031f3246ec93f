"""Drawn photos."""

from io import BytesIO

import pytest
from PIL import Image

from bihuan.drill.photo import SIZE, draw_photo

pytestmark = pytest.mark.once


def test_a_photo_is_a_small_jpeg() -> None:
    raw = draw_photo("a")
    assert Image.open(BytesIO(raw)).size == SIZE
    assert len(raw) < 60_000


def test_another_seed_draws_another_house() -> None:
    assert draw_photo("a") == draw_photo("a")
    assert draw_photo("a") != draw_photo("b")
