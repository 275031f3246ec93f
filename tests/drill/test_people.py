"""Invented people."""

from random import Random

import pytest

from bihuan.drill.people import PREFIX, draw_person

pytestmark = pytest.mark.once


def test_telephones_are_unique_and_of_the_block_that_nobody_has() -> None:
    phones = {draw_person(Random(number), number).phone for number in range(2000)}
    assert len(phones) == 2000
    assert all(phone.startswith(PREFIX) and len(phone) == 11 for phone in phones)


def test_a_few_people_write_english() -> None:
    rng = Random(1)
    languages = [draw_person(rng, number).language for number in range(1000)]
    assert 20 < languages.count("en") < 150
