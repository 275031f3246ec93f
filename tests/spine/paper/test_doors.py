"""Doors in the words of those who live behind them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.spine.paper.doors import building_of, typed_building, walk


@pytest.mark.parametrize(
    ("door", "building"),
    [
        ("3栋2单元501", "3"), ("03 幢 1201", "3"), ("12号楼3单元", "12"), ("A座1803", "A"), ("a座", "A"),
        ("Building 3, 501", "3"), ("bldg. 07 / 2", "7"), ("Tower B 12", "B"), ("2单元0501", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_building_is_read_as_people_write_it(door: str, building: str) -> None:
    assert building_of(door) == building


@pytest.mark.parametrize("typed", ["3", "03", " 3栋 ", "3号楼", "Building 3"])
def test_a_building_may_be_typed_in_any_of_these_ways(typed: str) -> None:
    assert typed_building(typed) == "3"


def test_the_carrier_goes_floor_by_floor() -> None:
    doors = ["3栋2单元1201", "3栋1单元502", "3栋2单元301", "3栋1单元1102"]
    assert sorted(doors, key=walk) == ["3栋1单元502", "3栋1单元1102", "3栋2单元301", "3栋2单元1201"]


@given(st.lists(st.text(max_size=90), max_size=6))
def test_whatever_stands_for_a_door_can_be_put_in_order(doors: list[str]) -> None:
    assert len(sorted(doors, key=walk)) == len(doors)
    assert all(isinstance(building_of(door), str) and isinstance(typed_building(door), str) for door in doors)
