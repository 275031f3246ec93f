"""The log is read in order, in chunks of any size, around rows that can't be read."""

import math

import pytest

from bihuan.spine.audit import merkle
from bihuan.spine.audit.reading import Leaves, salvage, seals
from tests.spine.audit.log import EVENTS, SEALS, write_log


def read(low: int, high: int, broken: set[int]) -> dict[int, str]:
    if broken & set(range(low, high + 1)):
        raise ValueError("not readable")
    return {key: f"row {key}" for key in range(low, high + 1)}


@pytest.mark.parametrize("broken", [set(), {1}, {50}, {100}, {3, 4, 90}, set(range(1, 101))])
def test_one_row_that_can_not_be_read_costs_only_itself(broken):
    found = salvage(lambda low, high: read(low, high, broken), 1, 100)
    assert set(found) == set(range(1, 101)) - broken


@pytest.mark.django_db
@pytest.mark.parametrize("chunk", [1, 5, 12, 100])
def test_chunks_of_any_size_give_the_same_rows(chunk):
    write_log()
    rows = list(Leaves(chunk).up_to(math.inf))
    assert [row.position for row in rows] == list(range(1, SEALS * EVENTS + 1))
    assert all(row.event and merkle.leaf_hash(row.event) == row.digest for row in rows)
    assert [number for number, _ in seals(chunk)] == [1, 2, 3]


@pytest.mark.django_db
def test_reading_goes_on_where_it_stopped():
    write_log()
    leaves = Leaves()
    assert [row.position for row in leaves.up_to(3)] == [1, 2, 3]
    assert [row.position for row in leaves.up_to(3)] == []
    assert [row.position for row in leaves.up_to(5)] == [4, 5]


@pytest.mark.django_db
def test_an_empty_log_has_nothing_to_read():
    assert list(Leaves().up_to(math.inf)) == []
    assert list(seals()) == []
