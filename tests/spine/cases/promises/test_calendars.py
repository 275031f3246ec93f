"""Which minutes count. The reference counts them one by one."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.spine.cases.models import Calendar
from bihuan.spine.cases.promises.calendars import ALWAYS, FIRST, WORKING, is_workday, timetable

pytestmark = pytest.mark.once

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE = timedelta(minutes=1)

# As the State Council published them (Guo Ban Fa Ming Dian 2024 no. 12 and 2025 no. 7).
SPRING_2025_OFF = [date(2025, 1, 28) + timedelta(days=n) for n in range(8)]
SPRING_2026_OFF = [date(2026, 2, 15) + timedelta(days=n) for n in range(9)]
MADE_UP = [date(2025, 1, 26), date(2025, 2, 8), date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)]

instants = st.integers(0, 630 * 24 * 60).map(
    lambda minutes: datetime(2025, 1, 20, tzinfo=SHANGHAI) + timedelta(minutes=minutes)
)
calendars = st.sampled_from([ALWAYS, WORKING])


ROWS = {row["code"]: Calendar(**row) for row in FIRST}


def add_minutes(calendar: str, start: datetime, minutes: float) -> datetime:
    return timetable(ROWS[calendar]).add(start, minutes)


def minutes_between(calendar: str, start: datetime, end: datetime) -> float:
    return timetable(ROWS[calendar]).between(start, end)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def counts(calendar: str, minute: datetime) -> bool:
    """Say of one minute whether it counts, in the plainest way."""
    here = minute.astimezone(SHANGHAI)
    clock = here.hour * 60 + here.minute
    is_open = 8 * 60 + 30 <= clock < 12 * 60 or 14 * 60 <= clock < 17 * 60 + 30
    return calendar == ALWAYS or (is_open and is_workday(here.date()))


def add_slowly(calendar: str, start: datetime, minutes: int) -> datetime:
    at = start
    while minutes:
        minutes -= counts(calendar, at)
        at += MINUTE
    return at


def between_slowly(calendar: str, start: datetime, end: datetime) -> int:
    return sum(counts(calendar, start + n * MINUTE) for n in range(int((end - start) / MINUTE)))


@pytest.mark.parametrize("day", SPRING_2025_OFF + SPRING_2026_OFF)
def test_offices_are_closed_on_the_published_days_of_spring_festival(day: date) -> None:
    assert not is_workday(day)


@pytest.mark.parametrize("day", MADE_UP)
def test_a_published_make_up_day_at_a_weekend_is_a_workday(day: date) -> None:
    assert day.weekday() >= 5
    assert is_workday(day)


def test_plain_weekends_are_free_and_plain_weekdays_are_not() -> None:
    monday = date(2026, 11, 16)
    days = [is_workday(monday + timedelta(days=n)) for n in range(7)]
    assert days == [True] * 5 + [False] * 2


def test_an_hour_before_the_midday_break_goes_on_after_it() -> None:
    assert add_minutes(WORKING, local("2026-11-23 11:30"), 60) == local("2026-11-23 14:30")


def test_what_comes_in_on_the_eve_of_spring_festival_falls_due_after_the_holiday() -> None:
    start = local("2026-02-14 17:00")
    assert add_minutes(WORKING, start, 60) == local("2026-02-24 09:00")


def test_a_promise_that_ends_with_the_day_does_not_wait_for_the_next_morning() -> None:
    assert add_minutes(WORKING, local("2026-11-23 17:00"), 30) == local("2026-11-23 17:30")


def test_round_the_clock_counts_every_minute() -> None:
    assert add_minutes(ALWAYS, local("2026-02-16 23:59"), 2) == local("2026-02-17 00:01")


def test_no_minutes_lie_between_an_instant_and_an_earlier_one() -> None:
    assert minutes_between(WORKING, local("2026-11-23 15:00"), local("2026-11-23 10:00")) == 0


def test_nothing_left_leaves_the_instant_as_it_is() -> None:
    midnight = local("2026-11-22 00:00")
    assert add_minutes(WORKING, midnight, -5) == add_minutes(WORKING, midnight, 0) == midnight


def test_answers_are_in_utc() -> None:
    assert add_minutes(WORKING, local("2026-11-23 09:00"), 5).tzinfo is UTC


@settings(max_examples=60, deadline=None)
@given(calendars, instants, st.integers(1, 1500))
def test_adding_agrees_with_counting_minute_by_minute(calendar: str, start: datetime, minutes: int) -> None:
    assert add_minutes(calendar, start, minutes) == add_slowly(calendar, start, minutes)


@settings(max_examples=40, deadline=None)
@given(calendars, instants, st.integers(0, 20_000))
def test_between_agrees_with_counting_minute_by_minute(calendar: str, start: datetime, minutes: int) -> None:
    end = start + minutes * MINUTE
    assert minutes_between(calendar, start, end) == between_slowly(calendar, start, end)


@given(calendars, instants, st.floats(0.01, 50_000))
def test_as_many_minutes_lie_between_as_were_added(calendar: str, start: datetime, minutes: float) -> None:
    end = add_minutes(calendar, start, minutes)
    assert minutes_between(calendar, start, end) == pytest.approx(minutes, abs=1e-6)


@given(calendars, instants, st.floats(0, 20_000), st.floats(0, 20_000))
def test_more_minutes_never_end_earlier(calendar: str, start: datetime, few: float, more: float) -> None:
    few, more = sorted((few, more))
    assert add_minutes(calendar, start, few) <= add_minutes(calendar, start, more)
