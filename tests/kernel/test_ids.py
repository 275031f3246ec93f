"""Receipts can be said on the telephone; a wrong one is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import ids

pytestmark = pytest.mark.once
elevens = st.integers(0, 10**11 - 1)


@given(elevens)
def test_every_receipt_drawn_is_one(number):
    assert ids.is_receipt(ids.new_receipt(lambda below: number))


@given(elevens, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number, place, by):
    good = ids.new_receipt(lambda below: number)
    wrong = str((int(good[place]) + by) % 10)
    assert not ids.is_receipt(good[:place] + wrong + good[place + 1 :])


@given(elevens, st.integers(0, 10))
def test_two_neighbours_swapped_are_noticed(number, place):
    good = ids.new_receipt(lambda below: number)
    swapped = good[:place] + good[place + 1] + good[place] + good[place + 2 :]
    assert (swapped == good) == ids.is_receipt(swapped)


def test_the_published_example_of_damm():
    assert ids.check_digit("572") == "4"


@pytest.mark.parametrize(
    "typed", ["482109375526", "4821 0937 5526", " 4821-0937-5526 ", "４８２１ ０９３７ ５５２６"]
)
def test_what_people_type_is_read(typed):
    assert ids.plain_receipt(typed) == "482109375526"


@pytest.mark.parametrize("plain", ["", "48210937552", "4821093755261", "48210937552a", "²21093755260"])
def test_what_is_no_receipt_is_none(plain):
    assert not ids.is_receipt(plain)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_answered(typed):
    assert ids.is_receipt(ids.plain_receipt(typed)) in {True, False}


def test_it_is_grouped_for_reading_aloud():
    assert ids.format_receipt("482109375526") == "4821 0937 5526"


def test_receipts_are_drawn_from_all_there_are():
    asked = []
    ids.new_receipt(lambda below: asked.append(below) or 0)
    assert asked == [9 * 10**10]


@given(st.integers(0, 10**10 - 1))
def test_a_printed_receipt_is_one_like_the_others_and_begins_with_nine(number):
    printed = ids.new_printed(lambda below: number % below)
    assert ids.is_receipt(printed) and ids.is_printed(printed) and printed[0] == "9"


@given(st.integers(0, 10**12))
def test_no_other_door_draws_a_printed_receipt(number):
    assert not ids.is_printed(ids.new_receipt(lambda below: number % below))


@given(st.integers(0, 10**10 - 1), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_of_a_printed_receipt_is_found(number, place, more):
    good = ids.new_printed(lambda below: number)
    wrong = good[:place] + str((int(good[place]) + more) % 10) + good[place + 1 :]
    assert not ids.is_receipt(wrong)


def test_the_largest_draws_stay_on_their_side_of_the_border():
    assert ids.new_receipt(lambda below: below - 1).startswith("89999999999")
    assert ids.new_printed(lambda below: 0).startswith("90000000000")
