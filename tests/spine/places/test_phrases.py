"""What the words around a place make of it."""

import pytest

from bihuan.spine.places.phrases import Role, has_door, joins, role_of


@pytest.mark.parametrize(
    ("before", "after", "role"),
    [
        ("", "停电", Role.PLAIN),
        ("住在", "", Role.HERE),
        ("我不在", "", Role.NOT),
        ("是不是", "停电", Role.PLAIN),
        ("we are not in the ", "", Role.NOT),
        ("去", "看病", Role.TO),
        ("送到", "", Role.HERE),
        ("从", "回来", Role.FROM),
        ("从", "去医院", Role.HERE),
        ("", "旁边的路灯", Role.NEAR),
        ("opposite ", "", Role.NEAR),
        ("", "八期", Role.PHASE),
    ],
)
def test_a_place_is_meant_denied_left_or_gone_to(before: str, after: str, role: Role) -> None:
    assert role_of(before, after) == role


def test_a_door_says_that_it_is_lived_in_unless_it_is_denied() -> None:
    assert role_of("去", "3栋", has_door=True) == Role.HERE
    assert role_of("不是", "3栋", has_door=True) == Role.NOT


@pytest.mark.parametrize(
    ("before", "after", "is_door"),
    [("", "12栋", True), ("", "的三单元", True), ("building 5, ", "", True), ("", "12个人", False)],
)
def test_numbers_of_buildings_are_known_in_both_languages(before: str, after: str, is_door: bool) -> None:
    assert has_door(before, after) is is_door


def test_names_one_after_the_other_are_one_address() -> None:
    assert all(map(joins, ["", "的", ", ", " in "]))
    assert not any(map(joins, ["不是", "。", " and "]))
