"""Numbers of Cases as they come in addresses."""

import pytest

from bihuan.faces.desk.numbers import LARGEST_ID, read_number, read_numbers


@pytest.mark.parametrize("word", ["", "0", "-1", "x", "1.5", "9" * 40, str(LARGEST_ID + 1), "١٢", "²"])
def test_what_no_row_can_have_is_none(word: str) -> None:
    assert read_number(word) is None


def test_the_largest_number_is_one() -> None:
    assert read_number(str(LARGEST_ID)) == LARGEST_ID


def test_words_between_numbers_are_passed_over() -> None:
    assert read_numbers(["3", "", "x", "1"]) == [3, 1]


def test_no_more_are_read_than_are_shown_at_once() -> None:
    assert len(read_numbers(map(str, range(1, 900)), most=5)) == 5
