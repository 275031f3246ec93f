"""No number that is hidden can be worked out from those that are told: tried by looking for a second world."""

import random
from collections import Counter
from collections.abc import Hashable, Iterable
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.spine.cases.closing.suppressing import Cell, Key, hidden

TABLES = ("agency", "district", "service")


def cell(part: int, whole: int, *lines: Hashable) -> Cell:
    return Cell(dict(zip(TABLES, lines, strict=False)), part, whole)


def sums(cells: Iterable[Cell]) -> Counter[Key]:
    found: Counter[Key] = Counter()
    for one in cells:
        for key in one.lines.items():
            found[key] += one.whole
    return found


@st.composite
def cities(draw: st.DrawFn) -> list[Cell]:
    found = []
    for lines in draw(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=1, max_size=14, unique=True)):
        whole = draw(st.sampled_from([1, 2, 3, 6, 20, 60]))
        found.append(cell(draw(st.integers(0, whole)), whole, *lines))
    return found


def rank(rows: list[list[Fraction]]) -> int:
    """Gauss, exactly."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0])):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for n in range(found + 1, len(rows)):
            factor = rows[n][column] / rows[found][column]
            rows[n] = [a - factor * b for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


@settings(max_examples=60, deadline=None)
@given(cities(), st.sampled_from([5, 20]))
def test_no_hidden_number_is_a_combination_of_told_ones(cells: list[Cell], small: int) -> None:
    kept_back, found = hidden(cells, small), sums(cells)
    if kept_back is None:
        return
    assert {key for key, whole in found.items() if whole < small} <= kept_back
    told = [[Fraction(1)] * len(cells)]
    told += [row(cells, key) for key in found if key not in kept_back]
    for key in kept_back:
        assert rank([*told, row(cells, key)]) == rank(told) + 1


def row(cells: list[Cell], key: Key) -> list[Fraction]:
    return [Fraction(int(key in one.lines.items())) for one in cells]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 7)), min_size=1, max_size=4))
def test_within_a_table_a_second_world_tells_the_same_and_differs_where_it_is_hidden(
    lines: list[tuple[int, int]],
) -> None:
    wholes = [whole for _part, whole in lines]
    cells = [cell(min(part, whole), whole, n) for n, (part, whole) in enumerate(lines)]
    kept_back = hidden(cells, 5)
    if kept_back is None:
        return
    numbers = [n for _table, n in kept_back]
    rest = sum(wholes[n] for n in numbers)
    worlds = [world for world in product(range(1, rest + 1), repeat=len(numbers)) if sum(world) == rest]
    for place in range(len(numbers)):
        assert len({world[place] for world in worlds}) > 1


def test_one_small_line_takes_the_smallest_other_with_it() -> None:
    cells = [cell(1, 30, "a"), cell(1, 9, "b"), cell(1, 4, "c")]
    assert hidden(cells, 5) == {("agency", "c"), ("agency", "b")}


def test_two_lines_of_one_case_each_are_told_by_their_sum_and_take_a_third() -> None:
    cells = [cell(0, 30, "a"), cell(1, 1, "b"), cell(0, 1, "c")]
    assert hidden(cells, 5) == {("agency", "a"), ("agency", "b"), ("agency", "c")}


def test_where_all_hidden_answered_alike_the_share_would_tell_and_more_is_hidden() -> None:
    cells = [cell(15, 30, "a"), cell(4, 4, "b"), cell(3, 3, "c")]
    assert hidden(cells, 5) == {("agency", "a"), ("agency", "b"), ("agency", "c")}


def test_what_another_table_tells_under_another_name_is_hidden_there_too() -> None:
    # The tiny agency does the one service that nobody else does.
    cells = [cell(2, 4, "tiny", "d", "odd"), cell(9, 30, "a", "d", "x"), cell(9, 20, "b", "d", "x")]
    kept_back = hidden(cells, 5)
    assert kept_back
    assert {("agency", "tiny"), ("service", "odd"), ("service", "x")} <= kept_back


def test_a_city_of_one_small_number_tells_nothing() -> None:
    assert hidden([cell(1, 3, "a", "d", "s")], 5) is None


@pytest.mark.parametrize("cells", [[], [cell(3, 50, "a"), cell(20, 40, "b")]])
def test_where_nothing_is_small_nothing_is_hidden(cells: list[Cell]) -> None:
    assert hidden(cells, 20) == set()


def test_a_whole_citys_week_is_thought_through_quickly_enough_to_be_told() -> None:
    rng = random.Random(3)
    cells = [
        cell(rng.randrange(6), 5 + rng.randrange(9), rng.randrange(40), rng.randrange(9), rng.randrange(25))
        for _ in range(600)
    ]
    assert hidden(cells, 20) is not None
