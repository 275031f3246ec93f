"""A number is typed with its check digit; one wrong digit is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.passes.seal import numbers

pytestmark = pytest.mark.once
twelve = st.integers(0, 10**12 - 1).map(lambda number: f"{number:012}")


@given(twelve)
def test_what_is_printed_can_be_typed(number: str) -> None:
    assert numbers.read_typed(numbers.printed(number)) == number


@given(twelve, st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, by: int) -> None:
    typed = list(numbers.printed(number).replace(" ", ""))
    typed[place] = str((int(typed[place]) + by) % 10)
    assert numbers.read_typed("".join(typed)) is None


@pytest.mark.parametrize("typed", ["", "430200000017", "4302 0000 0017 45", "abcd 0000 0017 4"])
def test_another_length_is_no_number(typed: str) -> None:
    assert numbers.read_typed(typed) is None


def test_full_width_digits_are_digits() -> None:
    plain = numbers.printed("430200000017")
    wide = plain.translate({ord(d): chr(ord(d) + 0xFEE0) for d in "0123456789"})
    assert numbers.read_typed(wide) == "430200000017"
