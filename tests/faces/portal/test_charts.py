from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from bihuan.faces.portal.charts import HEIGHT, WIDTH, hours_of, lines_of

FIRST = datetime(2026, 11, 23, 0, tzinfo=UTC)


def rows(*pairs: tuple[int, int]) -> list[dict[str, object]]:
    return [
        {"hour": (FIRST + timedelta(hours=n)).isoformat(), "opened": opened, "ended": ended}
        for n, (opened, ended) in enumerate(pairs)
    ]


def test_the_highest_bar_takes_the_whole_height_and_others_their_share() -> None:
    first, second = hours_of(rows((10, 5), (0, 20)))
    assert [first.opened_height, first.ended_height, second.ended_height] == [HEIGHT / 2, HEIGHT / 4, HEIGHT]
    assert first.opened_y + first.opened_height == HEIGHT


def test_bars_stay_inside_the_drawing_and_do_not_overlap() -> None:
    hours = hours_of(rows(*[(n, n) for n in range(48)]))
    ends = [hour.ended_x + hour.width for hour in hours]
    assert max(ends) <= WIDTH
    assert all(end <= after.x for end, after in zip(ends, hours[1:], strict=False))


@pytest.mark.parametrize("pairs", [(), ((0, 0),)])
def test_nothing_to_draw_breaks_nothing(pairs: tuple[tuple[int, int], ...]) -> None:
    assert all(hour.opened_height == 0 for hour in hours_of(rows(*pairs)))


def test_lines_keep_a_small_number_to_themselves() -> None:
    with translation.override("en"):
        lines = lines_of(
            [
                {"code": "a", "zh": "甲", "en": "A", "open": 10},
                {"code": "b", "zh": "乙", "en": "B", "open": None},
            ]
        )
    assert [(line.name, line.number, line.percent) for line in lines] == [("A", 10, 100), ("B", None, 0)]


def test_lines_with_nothing_open_are_left_out() -> None:
    assert lines_of([{"code": "a", "zh": "甲", "en": "A", "open": 0}]) == []
