"""When something is due: on examples, and on whatever hypothesis thinks of."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.lines.protection import due

CITY = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)
instants = st.integers(1_700_000_000, 1_900_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


@st.composite
def rotas(draw: st.DrawFn) -> due.Rota:
    from_h = draw(st.integers(0, 23))
    return due.Rota(draw(st.integers(1, 400)), from_h, draw(st.integers(from_h + 1, 24)), 60, CITY)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CITY)


def rota(every_h: int, from_h: int = 8, until_h: int = 20) -> due.Rota:
    return due.Rota(every_h, from_h, until_h, 60, CITY)


@pytest.mark.parametrize(
    ("every_h", "seen", "expected"),
    [
        (24, "2026-11-23T10:00", "2026-11-24T10:00"),
        (4, "2026-11-23T10:00", "2026-11-23T14:00"),
        (4, "2026-11-23T18:00", "2026-11-23T20:00"),  # 22:00 is night: still today
        (4, "2026-11-23T20:00", "2026-11-24T08:00"),  # nothing in between: next morning
        (12, "2026-11-23T23:30", "2026-11-24T11:30"),
        (48, "2026-11-23T21:00", "2026-11-25T20:00"),
    ],
)
def test_the_next_check_falls_into_the_hours_of_the_day(every_h: int, seen: str, expected: str) -> None:
    assert due.next_check(rota(every_h), at(seen)) == at(expected)


@given(rotas(), instants)
def test_the_next_check_is_later_and_in_the_hours(rota: due.Rota, seen_at: datetime) -> None:
    following = due.next_check(rota, seen_at)
    assert following > seen_at
    assert due.is_within(rota, following)


@given(rotas(), instants)
def test_nobody_waits_longer_than_the_rota_says_unless_all_between_is_night(
    rota: due.Rota, seen_at: datetime
) -> None:
    following, latest = due.next_check(rota, seen_at), seen_at + timedelta(hours=rota.every_h)
    if following > latest:
        minutes = range(1, int((latest - seen_at) / timedelta(minutes=1)), 7)
        assert not any(due.is_within(rota, seen_at + timedelta(minutes=m)) for m in minutes)


@given(rotas(), instants, st.integers(0, 10_000))
def test_who_is_seen_later_is_never_due_earlier(rota: due.Rota, seen_at: datetime, minutes: int) -> None:
    later = seen_at + timedelta(minutes=minutes)
    assert due.next_check(rota, later) >= due.next_check(rota, seen_at)


@given(rotas(), instants)
def test_somebody_new_is_looked_in_on_within_a_day(rota: due.Rota, now: datetime) -> None:
    first = due.first_check(rota, now)
    assert now <= first <= now + DAY
    assert due.is_within(rota, first)


@pytest.mark.parametrize(("from_h", "until_h", "every_h"), [(20, 8, 24), (8, 8, 24), (0, 25, 24), (8, 20, 0)])
def test_hours_that_are_none_make_no_rota(from_h: int, until_h: int, every_h: int) -> None:
    with pytest.raises(ValueError, match="no rota"):
        rota(every_h, from_h, until_h)


@given(st.floats(0, 1e5), st.floats(0.01, 1e4), instants)
def test_a_supply_ends_when_nothing_is_left_of_it(
    amount: float, daily_use: float, counted_at: datetime
) -> None:
    ends = due.runs_out(amount, daily_use, counted_at)
    assert ends is not None
    if ends < counted_at + 3650 * DAY:
        assert due.left(amount, daily_use, counted_at, ends) == pytest.approx(0, abs=daily_use * 1e-6 + 1e-6)
    assert due.left(amount, daily_use, counted_at, counted_at) == amount


def test_what_is_not_used_never_ends() -> None:
    assert due.runs_out(3, 0, at("2026-11-23T08:00")) is None


@given(instants, st.floats(0, 30))
def test_warnings_come_each_once_in_their_order_and_before_the_end(start: datetime, days: float) -> None:
    ends, now, given_days, heard = start + days * DAY, start, None, []
    while (warn_at := due.next_warning(ends, given_days)) is not None:
        now = max(now, warn_at)
        given_days = due.warning_of(ends, now)
        heard.append(given_days)
    assert heard == sorted(set(heard), reverse=True)
    assert heard[-1] == 1
    assert set(heard) == {lead for lead in due.LEAD_DAYS if lead <= days} or heard[0] >= min(days, 7) - 6


def test_dialysis_is_next_on_the_next_of_its_days() -> None:
    monday_wednesday = frozenset({0, 2})
    found = due.next_weekday(monday_wednesday, 8, at("2026-11-23T09:00"), CITY)  # a Monday, after the session
    assert found == at("2026-11-25T08:00")
    assert due.next_weekday(frozenset(), 8, at("2026-11-23T09:00"), CITY) is None
