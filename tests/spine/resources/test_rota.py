"""A week of the rota, as the desk shows it."""

from datetime import date, timedelta

import pytest

from bihuan.spine.resources import rota
from bihuan.spine.resources.models import Duty, Shift
from tests.spine.cases.known import World, make_world

MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_night_shift_stands_on_both_days_cut_at_midnight(world: World) -> None:
    begin = rota.at(MONDAY, 22)
    Shift.objects.create(agency=world.grid, person=world.ben, from_at=begin, until_at=begin + 8 * HOUR)
    monday, tuesday = rota.week_of(world.grid, MONDAY)[:2]
    assert [span for _, span in monday.lines[0].shifts] == [(begin, rota.at(MONDAY, 24))]
    assert tuesday.lines[0].shifts[0][1][1] == begin + 8 * HOUR
    assert tuesday.lines[0].gaps == [(begin + 8 * HOUR, rota.midnight(MONDAY + 2 * rota.DAY))]


def test_a_week_has_seven_days_and_both_duties_on_each(world: World) -> None:
    days = rota.week_of(world.grid, MONDAY)
    assert [day.on for day in days] == [MONDAY + n * rota.DAY for n in range(7)]
    assert all([line.duty for line in day.lines] == list(Duty) for day in days)


def test_a_week_shows_the_agencys_own_shifts_only(world: World) -> None:
    begin = rota.at(MONDAY, 8)
    Shift.objects.create(agency=world.water, person=world.eve, from_at=begin, until_at=begin + HOUR)
    assert not any(line.shifts for day in rota.week_of(world.grid, MONDAY) for line in day.lines)


def test_three_shifts_a_day_are_the_citys_hours() -> None:
    spans = rota.three_shifts(MONDAY, 2)
    assert spans[0][0] == rota.midnight(MONDAY)
    assert [until for _, until in spans[:-1]] == [since for since, _ in spans[1:]]
    assert spans[-1][1] == rota.midnight(MONDAY + 2 * rota.DAY)


def test_a_week_begins_on_its_monday() -> None:
    assert {rota.monday_of(MONDAY + n * rota.DAY) for n in range(7)} == {MONDAY}
