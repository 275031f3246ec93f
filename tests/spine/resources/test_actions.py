"""Writing the rota: no person in two places, no gap in who may, one Event each."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.models import Event
from bihuan.spine.resources import actions
from bihuan.spine.resources.models import Duty, Shift
from bihuan.spine.resources.rota import gaps, midnight
from tests.faults.test_case_races import at_once
from tests.spine.cases.known import NOON, World, make_world

HOUR = timedelta(hours=1)
MONDAY = date(2026, 11, 23)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def add(
    world: World, person: User, since: int = 0, until: int = 8, by: User | None = None, **said: object
) -> Shift:
    fields = {"agency": world.grid, "duty": "officer"} | said
    return actions.add_shift(
        **fields, person=person, from_at=NOON + since * HOUR, until_at=NOON + until * HOUR, by=by or world.sam
    )  # type: ignore[arg-type]


def test_a_shift_is_written_and_leaves_its_event(world: World) -> None:
    shift = add(world, world.ben)
    event = Event.objects.get(verb="shift_added")
    assert (event.actor_id, event.agency_id) == (world.sam.pk, world.grid.pk)
    assert event.detail["shifts"] == [
        [world.ben.pk, "officer", shift.from_at.isoformat(), shift.until_at.isoformat()]
    ]


@pytest.mark.parametrize(("since", "until"), [(0, 8), (-4, 1), (7, 12), (2, 3), (-1, 9)])
def test_nobody_can_be_in_two_places_at_once(world: World, since: int, until: int) -> None:
    add(world, world.ben)
    with pytest.raises(Conflict):
        add(world, world.ben, since, until, agency=world.crew)


def test_a_shift_may_follow_another_at_once_and_others_may_share_it(world: World) -> None:
    add(world, world.ben)
    add(world, world.ben, 8, 16)
    add(world, world.ida)
    assert Shift.objects.count() == 3


def test_a_person_who_may_not_see_the_cases_is_refused(world: World) -> None:
    for person in (world.eve, world.dan):
        with pytest.raises(Refused) as refused:
            add(world, person)
        assert refused.value.field == "person"


def test_somebody_of_the_city_may_sit_at_an_office_below(world: World) -> None:
    assert add(world, world.max).person == world.max


@pytest.mark.parametrize(("since", "until"), [(0, 0), (0, -1), (0, 25)])
def test_a_span_that_is_none_or_longer_than_a_day_is_refused(world: World, since: int, until: int) -> None:
    with pytest.raises(Refused):
        add(world, world.ben, since, until)


def test_only_who_keeps_the_rota_of_the_office_may_write_it(world: World) -> None:
    for person in (world.ben, world.max, world.eve):
        with pytest.raises(Forbidden):
            add(world, world.ben, by=person)
    with pytest.raises(Forbidden):
        add(world, world.eve, agency=world.water)


def test_an_unknown_duty_is_refused(world: World) -> None:
    with pytest.raises(Refused):
        add(world, world.ben, duty="king")


def test_three_shifts_a_day_leave_no_gap_and_people_take_turns(world: World) -> None:
    people = [world.ben, world.ida, world.sam, world.cleo]
    actions.repeat_shifts(
        agency=world.grid, people=people, duty="officer", first_on=MONDAY, days=4, by=world.sam
    )
    rows = list(Shift.objects.order_by("from_at"))
    assert (
        gaps([(one.from_at, one.until_at) for one in rows], (midnight(MONDAY), midnight(date(2026, 11, 27))))
        == []
    )
    assert [one.person for one in rows] == people * 3
    assert {one.until_at - one.from_at for one in rows} == {8 * HOUR}


@pytest.mark.parametrize("days", [0, -1, actions.MOST_DAYS + 1])
def test_a_pattern_of_no_days_or_of_years_is_refused(world: World, days: int) -> None:
    with pytest.raises(Refused):
        actions.repeat_shifts(
            agency=world.grid, people=[world.ben], duty="officer", first_on=MONDAY, days=days, by=world.sam
        )


@pytest.mark.parametrize("first_on", [date.min, date.max])
def test_a_day_at_the_ends_of_time_is_in_no_rota(world: World, first_on: date) -> None:
    with pytest.raises(Refused):
        actions.repeat_shifts(
            agency=world.grid, people=[world.ben], duty="officer", first_on=first_on, days=7, by=world.sam
        )
    at = datetime.combine(first_on, time(8), UTC)
    with pytest.raises(Refused):
        actions.add_shift(
            agency=world.grid, person=world.ben, duty="officer", from_at=at, until_at=at + HOUR, by=world.sam
        )


def test_a_pattern_that_meets_one_shift_writes_nothing(world: World) -> None:
    add(world, world.ben)
    before = Shift.objects.count()
    with pytest.raises(Conflict):
        actions.repeat_shifts(
            agency=world.grid,
            people=[world.ida, world.ben],
            duty="officer",
            first_on=MONDAY,
            days=3,
            by=world.sam,
        )
    assert Shift.objects.count() == before


def test_last_week_is_copied_whole_and_not_twice(world: World) -> None:
    add(world, world.ben)
    add(world, world.sam, duty=Duty.SUPERVISOR)
    actions.copy_week(agency=world.grid, monday=MONDAY + timedelta(days=7), by=world.sam)
    later = Shift.objects.filter(from_at=NOON + timedelta(days=7))
    assert {(one.person, one.duty) for one in later} == {(world.ben, "officer"), (world.sam, "supervisor")}
    with pytest.raises(Conflict):
        actions.copy_week(agency=world.grid, monday=MONDAY + timedelta(days=7), by=world.sam)


def test_an_empty_week_cannot_be_copied(world: World) -> None:
    with pytest.raises(Refused):
        actions.copy_week(agency=world.grid, monday=MONDAY, by=world.sam)


def test_a_shift_to_come_is_removed_and_one_that_runs_ends_now(world: World) -> None:
    coming, running = add(world, world.ben, 10, 12), add(world, world.ida, -2, 4)
    with clock.running(lambda: NOON):
        for shift in (coming, running):
            actions.remove_shift(shift=shift, by=world.sam)
    assert list(Shift.objects.values_list("person", "until_at")) == [(world.ida.pk, NOON)]
    assert Event.objects.filter(verb="shift_removed").count() == 2


def test_a_shift_that_is_over_stays_as_it_was(world: World) -> None:
    shift = add(world, world.ben, -8, -4)
    with clock.running(lambda: NOON), pytest.raises(Refused):
        actions.remove_shift(shift=shift, by=world.sam)


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_do_not_put_one_person_in_two_places() -> None:
    world = make_world()
    outcome = at_once(
        *[lambda agency=agency: add(world, world.ben, agency=agency) for agency in (world.grid, world.crew)]
    )
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    assert Shift.objects.count() == 1


def test_gaps_are_what_nothing_covers() -> None:
    def hour(n: int) -> datetime:
        return datetime(2026, 1, 1, n, tzinfo=UTC)

    covered = [(hour(8), hour(12)), (hour(10), hour(11)), (hour(14), hour(16))]
    assert gaps(covered, (hour(6), hour(18))) == [
        (hour(6), hour(8)),
        (hour(12), hour(14)),
        (hour(16), hour(18)),
    ]
    assert gaps([], (hour(6), hour(18))) == [(hour(6), hour(18))]
