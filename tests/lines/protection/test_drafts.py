"""What may be put on the list."""

from typing import Any

import pytest

from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from tests.lines.protection.known import make_draft
from tests.spine.cases.known import World


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "  "), ("name", "x" * 81), ("note", "a\x00b"), ("kinds", ()), ("kinds", ("ghost",)),
        ("consent", "maybe"), ("every_h", 0), ("every_h", 10_000), ("until_h", 0), ("grace_min", -1),
        ("dialysis_days", "8"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_its_field(world: World, field: str, value: Any) -> None:
    with pytest.raises(Refused) as refused:
        make_draft(world, **{field: value}).check()
    assert refused.value.field == field


def test_personal_texts_are_sealed(world: World) -> None:
    columns = make_draft(world, name="吴甲", kin_phone="19900001111").columns()
    assert unseal(columns["name_sealed"]) == "吴甲"
    assert unseal(columns["kin_phone_sealed"]) == "+8619900001111"
    assert not any(isinstance(value, str) and "吴" in value for value in columns.values())


def test_a_bad_telephone_of_kin_is_named_as_theirs(world: World) -> None:
    with pytest.raises(Refused) as refused:
        make_draft(world, kin_phone="12").columns()
    assert refused.value.field == "kin_phone"


def test_spaces_and_width_make_no_other_person(world: World) -> None:
    assert make_draft(world, name=" 吴 甲").same_hash() == make_draft(world).same_hash()
    assert make_draft(world, name="吴乙").same_hash() != make_draft(world).same_hash()
