"""Weeks of the city's own time."""

from datetime import UTC, date, datetime

import pytest

from bihuan.spine.cases.closing import weeks


def test_a_week_begins_on_monday_at_midnight_in_the_city() -> None:
    begin, end = weeks.span_of(date(2026, 11, 23))
    assert begin == datetime(2026, 11, 22, 16, tzinfo=UTC)
    assert end == datetime(2026, 11, 29, 16, tzinfo=UTC)
    assert weeks.monday_of(begin) == date(2026, 11, 23)


def test_the_new_year_may_belong_to_the_old_ones_last_week() -> None:
    assert weeks.name_of(date(2026, 12, 28)) == "2026-W53"
    assert weeks.monday_of(datetime(2027, 1, 1, tzinfo=UTC)) == date(2026, 12, 28)


@pytest.mark.parametrize("name", ["2026-W01", "2026-W53", "2020-W53"])
def test_a_name_is_read_as_it_is_written(name: str) -> None:
    monday = weeks.parse(name)
    assert monday
    assert weeks.name_of(monday) == name


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-48", "2026-W54", "2026-W00", "٢٠٢٦-W01", "2026-W1", "0000-W01"]
)
def test_what_is_no_week_is_none(name: str) -> None:
    assert weeks.parse(name) is None
