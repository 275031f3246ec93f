"""Which minutes count, for any hours somebody may write. The reference looks at every minute."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.spine.cases.models import Calendar
from bihuan.spine.cases.promises.calendars import Hours, day_minutes, minutes_of, special_days, timetable
from bihuan.spine.cases.promises.timetables import CITY, FOREVER, MINUTE_US, Timetable, instant_of, us_of

pytestmark = pytest.mark.once
MINUTE = timedelta(minutes=1)
MONDAY = datetime(2026, 11, 23, tzinfo=CITY)


def hhmm(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


spans = st.lists(st.tuples(st.integers(0, 1439), st.integers(0, 1440)), max_size=3)
cycles = st.lists(spans, min_size=1, max_size=5).filter(any)


def counts(cycle: Sequence[Sequence[tuple[int, int]]], minute: int) -> bool:
    """Say of a minute since Monday midnight whether a shift covers it; one may have begun the day before."""
    for days_ago in (0, 1):
        day = minute // 1440 - days_ago
        for start, until in cycle[day % len(cycle)]:
            length = (until - start) if until > start else until - start + 1440
            if 0 <= minute - (day * 1440 + start) < length:
                return True
    return False


def shifts(cycle: Sequence[Sequence[tuple[int, int]]]) -> Timetable:
    hours = {"from": "2026-11-23", "cycle": [[[hhmm(a), hhmm(b)] for a, b in day] for day in cycle]}
    return timetable(Calendar(kind="shifts", hours=hours))


@settings(max_examples=50, deadline=None)
@given(cycles, st.integers(0, 5000), st.integers(1, 900))
def test_any_table_of_shifts_counts_each_minute_once(
    cycle: list[list[tuple[int, int]]], start: int, minutes: int
) -> None:
    table, left, minute = shifts(cycle), minutes, start
    while left:
        left -= counts(cycle, minute)
        minute += 1
        assert minute < 10**6
    assert table.add(MONDAY + start * MINUTE, minutes) == MONDAY + minute * MINUTE
    assert table.between(MONDAY + start * MINUTE, MONDAY + minute * MINUTE) == minutes


@settings(max_examples=30, deadline=None)
@given(
    cycles, st.lists(st.tuples(st.integers(-9000, 90_000), st.integers(-5, 9000)), min_size=1, max_size=20)
)
def test_many_at_once_are_as_each_alone(
    cycle: list[list[tuple[int, int]]], asked: list[tuple[int, int]]
) -> None:
    table = shifts(cycle)
    starts = [MONDAY.astimezone(UTC) + minute * MINUTE for minute, _ in asked]
    lefts = [minutes for _, minutes in asked]
    at = np.array([us_of(start) for start in starts])
    reached = table.add_many(at, np.array(lefts) * MINUTE_US)
    assert [instant_of(int(us)) for us in reached] == [
        table.add(start, left) for start, left in zip(starts, lefts, strict=True)
    ]
    ends = at[::-1].copy()
    between = table.between_many(at, ends)
    assert [us / MINUTE_US for us in between] == [
        table.between(start, instant_of(int(end))) for start, end in zip(starts, ends, strict=True)
    ]


def test_a_night_shift_goes_on_after_midnight() -> None:
    table = shifts([[(22 * 60, 6 * 60)]])
    assert table.between(MONDAY, MONDAY + timedelta(days=1)) == 480
    assert table.add(MONDAY + timedelta(hours=23), 120) == MONDAY + timedelta(hours=25)


def test_a_day_that_is_different_has_its_own_hours() -> None:
    row = Calendar(
        kind="weekly",
        hours={"0": [["09:00", "17:00"]]},
        exceptions={"2026-11-23": [], "2026-11-24": [["10:00", "11:00"]]},
    )
    assert timetable(row).add(MONDAY, 60) == MONDAY + timedelta(days=1, hours=11)


def test_an_edited_row_is_another_timetable_at_once() -> None:
    row = Calendar(kind="weekly", hours={"0": [["09:00", "17:00"]]})
    before = timetable(row).add(MONDAY, 60)
    row.hours = {"0": [["08:00", "17:00"]]}
    assert timetable(row).add(MONDAY, 60) == before - timedelta(hours=1)


@pytest.mark.parametrize("hours", [{}, {"0": [["09:00", "09:01"]]}])
def test_what_a_calendar_never_opens_for_lies_forty_years_off_for_one_and_for_many(hours: Hours) -> None:
    # As one is whose last exception is over: nobody was there to refuse it.
    table = timetable(Calendar(kind="weekly", hours=hours))
    one = table.add(MONDAY, 10_000)
    start, left = np.array([us_of(MONDAY)] * 2), np.array([10_000 * MINUTE_US, 0])
    assert one == MONDAY + FOREVER
    assert [instant_of(int(us)) for us in table.add_many(start, left)] == [one, MONDAY]
    assert not table.opens_for(MONDAY, 10_000)


def test_how_far_a_calendar_was_drawn_before_does_not_change_what_never_comes() -> None:
    hours = {"0": [["09:00", "09:01"]]}
    fresh, used = (Timetable(lambda day: minutes_of(hours.get(str(day.weekday()), []))) for _ in range(2))
    used.add(MONDAY + timedelta(days=3000), 10_000)
    assert used.add(MONDAY, 2_200) == fresh.add(MONDAY, 2_200) == MONDAY + FOREVER


def test_a_calendar_that_is_closed_all_year_counts_nothing_for_many() -> None:
    start = np.array([us_of(MONDAY)])
    assert timetable(Calendar(kind="weekly")).between_many(start, start + MINUTE_US).tolist() == [0]


def test_a_day_of_a_calendar_is_its_longest_day() -> None:
    assert (
        day_minutes(Calendar(kind="weekly", hours={"0": [["09:00", "17:00"]], "5": [["09:00", "12:00"]]}))
        == 480
    )
    assert day_minutes(Calendar(kind="always")) == 1440


def test_the_holidays_and_make_up_days_of_the_spring_festival_are_found() -> None:
    found = dict(special_days(date(2026, 2, 14), 16))
    assert found[date(2026, 2, 14)] == "" and found[date(2026, 2, 28)] == ""
    assert found[date(2026, 2, 17)]
