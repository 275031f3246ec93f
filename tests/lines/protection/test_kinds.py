"""Kinds as they are stored."""

import pytest

from bihuan.lines.protection.kinds import Kind, pack, unpack

pytestmark = pytest.mark.once


def test_kinds_are_read_as_they_were_written() -> None:
    assert unpack(pack(["oxygen", "alone"])) == [Kind.ALONE, Kind.OXYGEN]


def test_each_kind_stands_between_commas_so_that_it_is_found_alone() -> None:
    assert ",oxygen," in pack(["oxygen", "alone", "unknown"])
    assert pack([]) == ""
    assert all(len(pack(list(Kind))) <= 120 for _ in "x")
