"""What the mappings share."""

import pytest

from bihuan.spine.door.mappings import MAPPINGS
from bihuan.spine.door.mappings.mapping import position, row_id, sentence

pytestmark = pytest.mark.once


def test_equal_rows_have_one_id_and_others_another() -> None:
    row = {"a": "1", "b": "2"}
    assert row_id("x", row) == row_id("x", dict(row))
    assert row_id("x", row) != row_id("y", row)
    assert row_id("x", row) != row_id("x", {"a": "12", "b": ""})


def test_an_id_fits_the_door() -> None:
    assert len(row_id("calls-911", {"a": "x" * 1000})) <= 64


def test_a_row_without_a_place_has_none() -> None:
    assert position("", "40.1") == {}
    assert position("-75.3", "40.1") == {"lon": -75.3, "lat": 40.1}


def test_a_sentence_leaves_out_what_is_not_there() -> None:
    assert sentence("A  B", "", " ", "C") == "A B, C"


def test_each_mapping_is_found_by_its_own_name() -> None:
    assert all(name == mapping.name and mapping.about for name, mapping in MAPPINGS.items())
