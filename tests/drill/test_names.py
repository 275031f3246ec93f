"""Invented names."""

from itertools import islice
from random import Random

import pytest

from bihuan.drill.names import draw_estates, draw_villages

pytestmark = pytest.mark.once


@pytest.mark.parametrize("draw", [draw_estates, draw_villages])
def test_no_name_comes_twice(draw) -> None:
    names = list(islice(draw(Random(1)), 900))
    assert len({zh for zh, _ in names}) == 900
    assert len({en for _, en in names}) == 900


def test_names_of_the_second_phase_come_when_the_first_are_used_up() -> None:
    names = [zh for zh, _ in draw_estates(Random(1))]
    first_second_phase = next(i for i, zh in enumerate(names) if zh.endswith("二期"))
    assert all(zh.endswith("期") for zh in names[first_second_phase:])


def test_the_seed_decides_the_order() -> None:
    assert list(islice(draw_estates(Random(5)), 9)) == list(islice(draw_estates(Random(5)), 9))
    assert list(islice(draw_estates(Random(5)), 9)) != list(islice(draw_estates(Random(6)), 9))
