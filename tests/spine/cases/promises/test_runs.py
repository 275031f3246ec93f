"""One promise as it runs, past pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.spine.cases.promises.runs import due_after, worked
from bihuan.spine.cases.promises.timetables import Timetable

pytestmark = pytest.mark.once
START = datetime(2026, 11, 23, tzinfo=UTC)
ALWAYS = Timetable(None)


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def test_a_pause_puts_the_due_date_off_by_its_length() -> None:
    assert due_after(ALWAYS, START, 60, [(at(10), at(40))]) == at(90)


def test_a_pause_after_the_due_date_does_not_undo_the_lateness() -> None:
    assert due_after(ALWAYS, START, 60, [(at(60), at(400)), (at(500), at(600))]) == at(60)


def test_a_pause_before_the_beginning_does_not_count() -> None:
    assert due_after(ALWAYS, START, 60, [(at(-50), at(-20)), (at(-10), at(5))]) == at(65)


def test_what_two_pauses_share_counts_once() -> None:
    assert due_after(ALWAYS, START, 60, [(at(10), at(40)), (at(20), at(50))]) == at(100)


pauses = st.lists(st.tuples(st.integers(-100, 900), st.integers(1, 300)), max_size=5).map(
    lambda found: sorted((at(start), at(start + length)) for start, length in found)
)


@given(pauses, st.integers(1, 1000))
def test_until_the_due_date_as_much_has_counted_as_was_promised(
    stood: list[tuple[datetime, datetime]], minutes: int
) -> None:
    assert worked(ALWAYS, START, due_after(ALWAYS, START, minutes, stood), stood) == minutes


@given(pauses, st.integers(0, 1500))
def test_what_has_counted_is_what_no_pause_covers(stood: list[tuple[datetime, datetime]], until: int) -> None:
    free = [k for k in range(until) if not any(start <= at(k) < end for start, end in stood)]
    assert worked(ALWAYS, START, at(until), stood) == len(free)
