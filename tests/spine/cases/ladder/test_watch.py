"""Offices where Cases are due and nobody is connected."""

from datetime import timedelta

import pytest
from django.test import override_settings

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.ladder import watch
from bihuan.spine.cases.models import Silence
from bihuan.spine.messages.inbox import about
from bihuan.spine.messages.models import Message
from bihuan.spine.resources import presence
from bihuan.spine.resources.models import Duty
from tests.spine.cases.known import World
from tests.spine.cases.ladder.desk import at, begun, rota, shift, told


def look(minutes: float) -> int:
    with clock.running(at(minutes)):
        return watch.watch()


def seen(person: User, minutes: float) -> None:
    with clock.running(at(minutes)):
        presence.seen(person)


def test_an_office_with_work_due_and_nobody_there_raises_one_alarm_for_the_spell(world: World) -> None:
    rota(world)
    begun(world)
    assert [look(minute) for minute in (1, 2, 20, 60)] == [1, 0, 0, 0]
    assert Silence.objects.get().agency == world.grid
    assert told(world.sam) == 1
    assert Event.objects.get(verb="silent").agency_id == world.grid.pk


def test_the_alarm_goes_to_the_supervisor_on_duty_and_to_nobody_who_is_off(world: World) -> None:
    shift(world.city, world.max, Duty.SUPERVISOR)
    begun(world)
    look(1)
    assert [told(person) for person in (world.max, world.sam, world.ben)] == [1, 0, 0]


def test_it_ends_when_somebody_connects_and_the_next_spell_is_another(world: World) -> None:
    rota(world)
    begun(world)
    look(1)
    seen(world.ida, 5)
    assert look(6) == 1
    assert Silence.objects.get().ended_at == at(6)()
    assert Event.objects.get(verb="heard").detail["since"] == at(1)().isoformat()
    assert [look(14), look(16)] == [0, 1]
    assert told(world.sam) == 2


@override_settings(BIHUAN_SILENCE_MIN=3)
def test_the_setting_says_after_how_many_minutes(world: World) -> None:
    rota(world)
    begun(world)
    seen(world.ben, 1)
    assert [look(3), look(5)] == [0, 1]


def test_somebody_of_another_office_or_above_is_nobody_here(world: World) -> None:
    begun(world)
    for person in (world.eve, world.max, world.olga):
        seen(person, 1)
    assert look(2) == 1


def test_whoever_is_on_duty_for_the_office_answers_for_it(world: World) -> None:
    begun(world)
    shift(world.grid, world.max)
    seen(world.max, 1)
    assert look(2) == 0


def test_for_an_office_without_staff_those_above_it_answer(world: World) -> None:
    begun(world, agency=world.crew)
    assert look(1) == 1
    seen(world.ben, 2)
    assert look(3) == 1
    assert Silence.objects.get().ended_at == at(3)()


def test_an_office_whose_cases_are_due_much_later_is_left_in_peace(world: World) -> None:
    case = begun(world)
    with clock.running(at(1)):
        case = actions.accept(case=case, by=SYSTEM)
        actions.reply(case=case, by=world.ben, reply="Tomorrow.")
    assert look(2) == 0
    assert look(480 - 120) == 1


def test_work_that_is_done_ends_the_alarm_too(world: World) -> None:
    rota(world)
    case = begun(world)
    look(1)
    with clock.running(at(2)):
        actions.decline(case=case, by=SYSTEM, reason="no")
    assert look(3) == 1
    assert not Silence.objects.filter(ended_at__isnull=True).exists()


@pytest.mark.parametrize(("who", "count"), [("max", 1), ("sam", 1), ("eve", 0), ("ben", 0), ("dan", 0)])
def test_the_notice_is_for_commander_and_supervisor(world: World, who: str, count: int) -> None:
    begun(world)
    look(1)
    assert len(watch.list_silent(getattr(world, who))) == count


def test_the_notice_is_written_in_the_language_of_the_persons_desk(world: World) -> None:
    rota(world)
    begun(world)
    with clock.running(lambda: at(0)() - timedelta(days=1)):
        presence.seen(world.sam, "en")
    look(1)
    assert Message.objects.get(about=about(world.sam)).subject == "Nobody is at Power grid"
