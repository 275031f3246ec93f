"""Codes of counties."""

import pytest

from bihuan.kernel.errors import Refused
from bihuan.lines.passes import counties
from tests.spine.cases.known import World


def test_the_citys_own_counties_are_known_by_name(world: World) -> None:
    assert counties.list_own() == [("430202", "荷塘区")]
    assert counties.name_of("430202") == "荷塘区"
    assert counties.name_of("110105") == ""


def test_a_county_is_found_by_its_name_in_either_language(world: World) -> None:
    assert [counties.code_of(name) for name in ("荷塘区", " Hetang", "", "长沙")] == [
        "430202",
        "430202",
        "",
        "",
    ]


@pytest.mark.parametrize("typed", ["", "4302", "430200", "990101", "４３０２０２", "43020a"])
def test_what_is_no_county_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        counties.check(typed, "origin_code")
    assert refused.value.field == "origin_code"


def test_a_county_lies_in_its_city() -> None:
    assert counties.check(" 430202 ", "x") == "430202"
    assert counties.city_of("430202") == "430200"
