"""Instants as clients send them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bihuan.faces.open311 import dates
from bihuan.faces.open311.answers import Wrong

EIGHT = datetime(2026, 5, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-24T08:00:00Z", "2026-05-24T16:00:00+08:00", "2026-05-24T16:00:00 08:00", "2026-05-24T16:00:00+0800",
        "2026-05-24T08:00:00.000000", "2026-05-24T08:00:00", "2026-05-24 08:00:00", " 2026-05-24T08:00Z ",
    ],
)  # fmt: skip
def test_one_instant_however_it_is_written(text: str) -> None:
    assert dates.read(text, "start_date") == EIGHT


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "0001-01-01T00:00:00Z", "9999-12-31", "1" * 400])
def test_what_is_no_instant_is_refused_by_name(text: str) -> None:
    with pytest.raises(Wrong, match="start_date") as refused:
        dates.read(text, "start_date")
    assert refused.value.status == 400


def test_fractions_of_a_second_are_kept() -> None:
    assert dates.read("2026-05-24T08:00:00.25Z", "x") - EIGHT == timedelta(seconds=0.25)


def test_an_instant_is_written_with_the_citys_offset() -> None:
    assert dates.show(EIGHT) == "2026-05-24T16:00:00+08:00"
    assert dates.show(EIGHT.astimezone(timezone(timedelta(hours=-8)))) == "2026-05-24T16:00:00+08:00"
    assert dates.show(None) is None
