"""What can be applied for."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.lines.passes.drafts import Member, crew_of, is_identity
from tests.lines.passes.known import make_draft
from tests.spine.cases.known import World

HOUR = timedelta(hours=1)


def test_names_and_telephones_are_sealed(world: World) -> None:
    columns = make_draft().columns()
    assert unseal(columns["contact_sealed"]) == "李丙"
    assert json.loads(unseal(columns["crew_sealed"]))[0]["phone"] == "+8619900005526"
    assert columns["crew_count"] == 2
    assert not {"contact", "phone", "crew"} & set(columns)


def test_the_citys_own_county_has_its_own_name_and_another_the_one_that_was_said(world: World) -> None:
    columns = make_draft().columns()
    assert (columns["origin_name"], columns["destination_name"]) == ("长沙开福", "荷塘区")


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("applicant", "driver"),
        ("contact", " "),
        ("plate", "B12345"),
        ("trailer_plate", "湘B12345"),
        ("goods", "gold"),
        ("goods_name", ""),
        ("quantity", Decimal(0)),
        ("quantity", Decimal("NaN")),
        ("unit", "mile"),
        ("origin_code", "430100"),
        ("destination_code", "4302"),
        ("origin_name", ""),
        ("phone", "12"),
        ("receiver", "x" * 121),
        ("note", "\x00"),
        ("way_points", ("x",) * 13),
        ("crew", ()),
        ("crew", (Member("x"),) * 5),
        ("crew", (Member("郑甲", "110105194912310021"),)),
        ("crew", (Member("郑甲", "", "1"),)),
    ],
)
def test_what_is_wrong_is_named(world: World, field: str, wrong: Any) -> None:
    with pytest.raises(Refused) as refused:
        make_draft(**{field: wrong}).columns()
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        (-2 * HOUR, HOUR, "valid_from"),
        (HOUR * 24 * 8, HOUR * 24 * 9, "valid_from"),
        (HOUR, HOUR, "valid_until"),
    ],
)
def test_the_time_lies_ahead_and_runs_forward(
    world: World, start: timedelta, end: timedelta, field: str
) -> None:
    now = clock.now()
    with pytest.raises(Refused) as refused:
        make_draft(valid_from=now + start, valid_until=now + end).columns()
    assert refused.value.field == field


def test_a_beginning_that_passed_while_typing_is_now(world: World) -> None:
    now = clock.now()
    columns = make_draft(valid_from=now - timedelta(minutes=20)).columns()
    assert columns["valid_from"] >= now


def test_an_articulated_lorry_is_known_by_its_trailer(world: World) -> None:
    columns = make_draft(trailer_plate="湘B1234挂").columns()
    assert columns["is_articulated"] and columns["trailer_plate"] == "湘B1234挂"


def test_an_empty_second_driver_is_nobody() -> None:
    said = {"driver": "郑甲", "driver_phone": "1", "second": " ", "second_phone": ""}
    assert crew_of(said) == (Member("郑甲", "", "1"),)


@given(st.integers(0, 16), st.integers(1, 9))
def test_an_identity_number_with_a_wrong_digit_is_found(place: int, more: int) -> None:
    right = "11010519491231002X"
    digit = str((int(right[place]) + more) % 10)
    assert is_identity(right)
    assert not is_identity(right[:place] + digit + right[place + 1 :])
