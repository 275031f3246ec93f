"""What a model can say of its fields."""

import pytest

from bihuan.kernel.retention import Erase, Keep, Scrub, kept

pytestmark = pytest.mark.once


def test_many_fields_are_kept_for_one_reason():
    assert kept("id", "code", why="plain") == {"id": Keep("plain"), "code": Keep("plain")}


def test_the_three_kinds_are_told_apart():
    assert len({Keep(), Scrub(days=1), Erase(days=1)}) == 3
