"""Emergency calls, row by row and as a whole."""

import pytest

from bihuan.spine.door.importing import read_rows
from bihuan.spine.door.mappings.calls_911 import COLUMNS, MAPPING

pytestmark = pytest.mark.once

CRASH = dict(
    zip(
        COLUMNS,
        ("40.1", "-75.3", "Traffic: VEHICLE ACCIDENT -", "2016-01-15 12:08", "A", "B & C"),
        strict=True,
    )
)


def test_a_crash_is_a_matter_of_the_road() -> None:
    entry = MAPPING.fields(CRASH)
    assert (entry["service"], entry["answers"]) == ("road", {"matter": "crash"})
    assert (entry["lon"], entry["lat"]) == (-75.3, 40.1)
    assert entry["text"] == "Traffic: VEHICLE ACCIDENT, 2016-01-15 12:08"


def test_first_aid_and_fire_are_left_to_the_words() -> None:
    entry = MAPPING.fields(CRASH | {"title": "EMS: FALL VICTIM"})
    assert entry["service"] == ""
    assert "EMS:" in entry["text"]


def test_a_title_without_a_desk_is_refused() -> None:
    with pytest.raises(ValueError, match="names no desk"):
        MAPPING.fields(CRASH | {"title": "FALL VICTIM"})


def test_a_place_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="north"):
        MAPPING.fields(CRASH | {"lat": "north"})


def test_every_row_of_the_real_file_makes_sense(shared) -> None:
    rows = [row for _, row in read_rows(shared / "data/calls-911/911.csv", COLUMNS)]
    ids = {MAPPING.fields(row)["client_id"] for row in rows}
    assert len(ids) == len({tuple(row.values()) for row in rows})
    assert len(rows) > 3000
