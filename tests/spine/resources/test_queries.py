"""Who can be sent, and who is on duty."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.spine.accounts.models import Agency, Role, User
from bihuan.spine.resources.models import Duty, Shift, Team
from bihuan.spine.resources.queries import (
    is_on_duty,
    list_people,
    list_teams,
    on_duty,
    people_for,
    rota_agencies,
)
from tests.spine.cases.known import NOON, World, make_user, make_world

HOUR = timedelta(hours=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def shift(
    world: World, name: str, agency: str = "grid", duty: Duty = Duty.OFFICER, since: int = -1, until: int = 1
) -> Shift:
    return Shift.objects.create(
        agency=getattr(world, agency),
        person=getattr(world, name),
        duty=duty,
        from_at=NOON + since * HOUR,
        until_at=NOON + until * HOUR,
    )


def names(people: list[User]) -> list[str]:
    return sorted(person.username for person in people)


def test_teams_of_the_own_agency_and_those_below_can_be_sent(world: World) -> None:
    below = Team.objects.create(agency=world.crew, name_zh="抢修二队")
    Team.objects.create(agency=world.water, name_zh="水务一队")
    assert set(list_teams(world.ben)) == {world.team, below}


def test_a_dissolved_team_is_not_listed(world: World) -> None:
    Team.objects.update(is_active=False)
    assert not list_teams(world.ben).exists()


def test_people_of_the_own_agency_can_be_sent_and_nobody_by_a_stranger(world: World) -> None:
    assert set(list_people(world.eve)) == {world.eve}
    assert not list_people(world.dan).exists()


def test_everybody_on_a_duty_is_found_and_nobody_of_another_duty(world: World) -> None:
    for name in ("ben", "ida"):
        shift(world, name)
    shift(world, "sam", duty=Duty.SUPERVISOR)
    assert names(on_duty(world.grid, Duty.OFFICER, NOON)) == ["ben", "ida"]
    assert names(on_duty(world.grid, Duty.SUPERVISOR, NOON)) == ["sam"]


def test_a_shift_holds_from_its_first_instant_and_not_at_its_last(world: World) -> None:
    shift(world, "ben", since=0, until=1)
    assert names(on_duty(world.grid, Duty.OFFICER, NOON)) == ["ben"]
    assert names(on_duty(world.grid, Duty.OFFICER, NOON + HOUR)) == []


def test_where_an_agency_has_nobody_its_parent_answers_and_only_the_nearest(world: World) -> None:
    shift(world, "ben")
    shift(world, "olga", "city")
    assert names(on_duty(world.crew, Duty.OFFICER, NOON)) == ["ben"]
    assert names(on_duty(world.water, Duty.OFFICER, NOON)) == ["olga"]


def test_a_neighbour_or_somebody_below_never_answers(world: World) -> None:
    shift(world, "eve", "water")
    shift(world, "ben", "crew")
    assert on_duty(world.grid, Duty.OFFICER, NOON) == []


def test_a_closed_account_is_on_no_duty(world: World) -> None:
    shift(world, "ben")
    User.objects.filter(pk=world.ben.pk).update(is_active=False)
    assert on_duty(world.grid, Duty.OFFICER, NOON) == []
    assert not is_on_duty(world.ben, NOON)


def test_a_person_with_two_shifts_at_once_is_named_once(world: World) -> None:
    shift(world, "ben")
    shift(world, "ben", since=-2)
    assert names(on_duty(world.grid, Duty.OFFICER, NOON)) == ["ben"]


def test_the_database_refuses_a_shift_that_ends_before_it_begins(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        shift(world, "ben", since=1, until=0)


def test_supervisors_keep_the_rota_of_their_office_and_below_and_others_none(world: World) -> None:
    assert set(rota_agencies(world.sam)) == {world.grid, world.crew}
    assert not rota_agencies(world.ben).exists()
    assert not rota_agencies(world.max).exists()


def test_an_administrator_without_an_office_keeps_every_rota(world: World) -> None:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    assert rota_agencies(ada).count() == Agency.objects.count()


def test_shifts_are_for_people_of_the_office_or_above_it(world: World) -> None:
    assert set(people_for(world.crew)) == {
        world.ben, world.ida, world.cleo, world.sam, world.olga, world.max,
    }  # fmt: skip
