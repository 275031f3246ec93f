"""Queries of OGC API Features."""

from datetime import UTC, datetime

import pytest
from ninja.errors import HttpError

from bihuan.faces.api.features.asking import MOST, Asked, holds, read

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def test_nothing_said_is_the_first_page_of_everything() -> None:
    assert read({}) == Asked()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2026-11-23T00:00:00Z", DAY, DAY), ("2026-11-23T08:00:00+08:00/..", DAY, None),
        ("../2026-11-23T00:00:00Z", None, DAY),
        ("/2026-11-22", None, DAY), ("../..", None, None), ("2026-11-23T08:00:00 08:00/", DAY, None),
    ],
)  # fmt: skip
def test_times_are_instants_or_intervals_that_may_be_open(text: str, start: datetime, end: datetime) -> None:
    asked = read({"datetime": text})
    assert (asked.start, asked.end) == (start, end)


def test_a_box_may_have_heights_and_a_limit_is_cut() -> None:
    assert read({"bbox": "1,2,0,3,4,9"}).box == (1, 2, 3, 4)
    assert read({"limit": "99999"}).limit == MOST


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bbox", "1,2,3"), ("bbox", "a,b,c,d"), ("bbox", "0,9,1,2"), ("bbox", "nan,0,1,1"), ("bbox", "0,0,999,1"),
        ("datetime", "soon"), ("datetime", "2026-02-02/2026-01-01"), ("datetime", ".."), ("datetime", "0001-01-01"),
        ("limit", "0"), ("limit", "-1"), ("limit", "x"), ("cursor", "9" * 30), ("f", "gml"), ("colour", "red"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_400(name: str, text: str) -> None:
    with pytest.raises(HttpError) as refused:
        read({name: text})
    assert refused.value.status_code == 400


def test_a_box_across_the_date_line_holds_both_sides_of_it() -> None:
    box = (170.0, -10.0, -170.0, 10.0)
    assert holds(box, 179, 0) and holds(box, -179, 0) and not holds(box, 0, 0)
