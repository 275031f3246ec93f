"""How hours and days are typed."""

import pytest

from bihuan.faces.desk.leveling import (
    LineForm,
    calendar_said,
    hour,
    line_said,
    read_cycle,
    read_exceptions,
    read_spans,
)
from bihuan.spine.cases.models import Calendar
from bihuan.spine.cases.promises import levels
from tests.spine.cases.known import World


@pytest.mark.parametrize(
    "text", ["08:30-12:00, 14:00-17:30", "08:30–12:00；14:00–17:30", "08:30~12:00，14:00至17:30"]
)
def test_hours_may_be_typed_with_any_dash_and_comma(text: str) -> None:
    assert read_spans(text) == [["08:30", "12:00"], ["14:00", "17:30"]]


@pytest.mark.parametrize("text", ["", "closed", "休", " - "])
def test_a_day_without_hours_may_be_said_in_words(text: str) -> None:
    assert read_spans(text) == []


@pytest.mark.parametrize("text", ["9 to 5", "08:00-12:00-14:00", "08:60-12:00", "25:00-26:00"])
def test_what_are_no_hours_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"time of day|unpack"):
        read_spans(text)


def test_a_table_has_a_day_on_each_line_and_days_off_between() -> None:
    assert read_cycle("08:00-16:00\n-\n22:00-06:00") == [[["08:00", "16:00"]], [], [["22:00", "06:00"]]]


def test_days_that_are_different_are_read_with_their_hours() -> None:
    assert read_exceptions("2026-12-25 closed\n2026-12-26: 09:00-12:00\n") == {
        "2026-12-25": [],
        "2026-12-26": [["09:00", "12:00"]],
    }


def test_a_calendar_is_shown_as_it_can_be_typed_again() -> None:
    row = Calendar(kind="shifts", hours={"from": "2026-11-23", "cycle": [[["22:00", "06:00"]], []]})
    said = calendar_said(row)
    assert read_cycle(said["cycle"]) == row.hours["cycle"]


def test_a_line_is_shown_as_it_can_be_typed_again(world: World) -> None:
    for line in levels.lines_of(levels.in_force()):
        said = line_said(line)
        form = LineForm({**said, "calendar": line.calendar_id, "service": ""})
        assert form.is_valid(), form.errors
        assert form.fields_said["resolve_min"] == line.resolve_min


def test_an_hour_is_written_with_two_digits() -> None:
    assert (hour(None), hour(65), hour(1440)) == ("", "01:05", "24:00")
