"""Who is due today, in which order, and how far each office is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.protection import actions, queries
from bihuan.lines.protection.models import Person
from bihuan.spine.cases.models import Case
from tests.lines.protection.known import make_person, make_site, make_supply
from tests.spine.cases.known import NOON, World, make_case


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.running(lambda: NOON):
        yield


def plan(person: Person, minutes: int) -> Person:
    at = NOON + timedelta(minutes=minutes)
    Person.objects.filter(pk=person.pk).update(next_check_at=at, alarm_at=at + timedelta(minutes=60))
    return person


@pytest.fixture
def four(world: World) -> dict[str, Person]:
    kinds = {"missed": -90, "late": -45, "due": 10, "later": 200}
    return {
        name: plan(make_person(world, name=name, phone="", kinds=("alone",)), minutes)
        for name, minutes in kinds.items()
    }


def test_the_most_urgent_stand_first(world: World, four: dict[str, Person]) -> None:
    rows = queries.list_today(world.ben)
    assert [row.state for row in rows] == ["missed", "late", "due", "later"]
    assert [row.person for row in rows] == list(four.values())


def test_of_those_who_are_missed_the_gravest_stand_first(world: World, four: dict[str, Person]) -> None:
    grave = plan(make_person(world, name="grave", phone="", kinds=("oxygen",)), -70)
    assert queries.list_today(world.ben)[0].person == grave


def test_who_was_seen_is_gone_from_today(world: World, four: dict[str, Person]) -> None:
    actions.check(person=four["missed"], found="well", by=world.ben)
    assert four["missed"] not in [row.person for row in queries.list_today(world.ben)]


def test_eve_and_dan_see_nobody(world: World, four: dict[str, Person]) -> None:
    for stranger in (world.eve, world.dan, world.max):
        assert queries.list_today(stranger) == []
        assert queries.list_people(stranger) == []


def test_what_runs_low_is_shown_with_its_person(world: World, person: Person) -> None:
    supply = make_supply(person, amount=2)
    type(supply).objects.filter(pk=supply.pk).update(warned_days=3)
    assert queries.list_today(world.ben)[0].low == [supply]


def test_the_list_is_narrowed_by_compound_and_kind(world: World) -> None:
    here = make_person(world, kinds=("oxygen", "alone"))
    there = make_person(world, name="李乙", phone="", site=make_site("other", "别处小区"))
    assert queries.list_people(world.ben, site_id=there.site_id) == [there]
    assert queries.list_people(world.ben, kind="oxygen") == [here]
    assert queries.list_people(world.ben)[0] == here


def test_a_power_failure_tells_of_those_who_live_on_power(world: World) -> None:
    person = make_person(world, kinds=("oxygen",))
    make_person(world, name="李乙", phone="")
    assert queries.list_outages(world.ben) == []
    case = make_case(world, site=person.site)
    assert queries.list_outages(world.ben) == [queries.Outage(person.site, 1)]
    assert queries.list_outages(world.eve) == []
    Case.objects.filter(pk=case.pk).update(is_open=False, ended_at=NOON)
    assert queries.list_outages(world.ben) == []


def test_every_person_is_counted_once(world: World, four: dict[str, Person]) -> None:
    actions.check(person=four["late"], found="well", by=world.ben)
    (row,) = queries.count_coverage(world.sam)
    assert (row.agency, row.listed, row.missed) == (world.grid, 4, 1)
    turn = [p for p in four.values() if p.pk != four["late"].pk]
    assert row.due + row.missed == len(turn)
    assert row.seen == 1


def test_who_was_seen_this_morning_counts_as_seen_though_due_again_tonight(world: World) -> None:
    person = make_person(world, every_h=4)
    actions.check(person=person, found="well", by=world.ben)
    (row,) = queries.count_coverage(world.sam)
    assert (row.seen, row.due, row.missed, row.share) == (1, 0, 0, 1.0)


def test_the_commander_counts_all_offices_and_dan_none(world: World, four: dict[str, Person]) -> None:
    assert [row.listed for row in queries.count_coverage(world.max)] == [4]
    assert queries.count_coverage(world.dan) == queries.count_coverage(world.eve) == []
    assert queries.count_missed() == 1


def test_checks_are_counted_by_what_they_came_to(world: World, four: dict[str, Person]) -> None:
    actions.check(person=four["due"], found="no_answer", by=world.ben)
    since, until = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
    assert queries.count_checks(world.sam, since, until) == [(world.grid, "no_answer", 1)]
    assert queries.count_checks(world.eve, since, until) == []
