"""A timeline as CSV."""

import csv

import pytest

from bihuan.spine.cases.afteraction.sheet import csv_lines, safe
from tests.spine.cases.afteraction.made import DAY, write_day
from tests.spine.cases.known import World


@pytest.mark.parametrize(
    ("language", "heading", "opened"), [("en", "When", "Opened"), ("zh-hans", "时间", "立单")]
)
def test_each_event_is_a_line_in_the_readers_language(
    world: World, language: str, heading: str, opened: str
) -> None:
    write_day(world)
    lines = list(csv_lines(DAY, language))
    assert lines[0].startswith("\ufeff")
    rows = list(csv.reader(line.lstrip("\ufeff") for line in lines))
    assert len(rows) == DAY.all_events().count() + 1
    assert rows[0][0] == heading
    assert [row[2] for row in rows].count(opened) == 3


def test_times_are_the_citys(world: World) -> None:
    write_day(world)
    assert list(csv_lines(DAY, "en"))[1].startswith("2026-11-23 12:00:00,")


@pytest.mark.parametrize("text", ["=1+1", " @x", "-3", "+3", "\tx"])
def test_no_text_is_taken_for_a_formula(text: str) -> None:
    assert safe(text) == f"'{text}"
