"""Cases raised by the care list itself: each exactly once, whoever dies on the way."""

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import connections

from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.lines.protection import actions, raising
from bihuan.lines.protection.models import Alarm, Person, Supply
from bihuan.spine.accounts.models import Role
from bihuan.spine.cases import actions as case_actions
from bihuan.spine.cases.models import Case, Note
from bihuan.spine.door.models import Submission
from tests.lines.protection.known import make_person, make_services, make_supply
from tests.spine.cases.known import NOON, World, make_user, make_world

pytestmark = pytest.mark.django_db(transaction=True)


class Watch:
    """Stands where it is put."""

    def __init__(self) -> None:
        self.at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def watch() -> Iterator[Watch]:
    watch = Watch()
    with clock.running(watch):
        yield watch


@pytest.fixture
def world(transactional_db: None) -> World:
    world = make_world()
    make_services()
    return world


@pytest.fixture
def person(world: World, watch: Watch) -> Person:
    return make_person(world, kinds=("oxygen", "alone"))


def test_a_check_that_is_missed_makes_one_case_that_the_system_raised(person: Person, watch: Watch) -> None:
    watch.at += timedelta(minutes=59)
    assert raising.step() == 0
    watch.at += timedelta(minutes=2)
    assert raising.step() == 1
    assert raising.step() == 0
    case = Case.objects.get()
    assert (case.service.code, case.is_self_raised, case.priority) == ("welfare_check", True, "urgent")
    assert Alarm.objects.get().case == case


def test_name_and_door_go_along_sealed_and_nowhere_in_the_clear(person: Person, watch: Watch) -> None:
    watch.at += timedelta(hours=2)
    raising.step()
    sent = Submission.objects.get()
    assert (unseal(sent.name_sealed), unseal(sent.door_sealed)) == ("吴甲", "3栋 2单元0501")
    assert "吴甲" not in f"{sent.text}{Case.objects.get().summary}{sent.answers}"


def test_who_was_seen_in_time_raises_nothing(world: World, person: Person, watch: Watch) -> None:
    watch.at += timedelta(minutes=30)
    actions.check(person=person, found="well", by=world.ben)
    watch.at += timedelta(hours=12)
    assert raising.step() == 0


def test_each_missed_check_is_a_case_of_its_own(world: World, person: Person, watch: Watch) -> None:
    watch.at += timedelta(hours=2)
    raising.step()
    actions.check(person=person, found="well", by=world.ben)
    watch.at += timedelta(hours=26)
    raising.step()
    assert Case.objects.count() == Alarm.objects.count() == 2


@pytest.mark.parametrize("dies_in", ["triage_one", "_keep"])
def test_a_worker_that_is_killed_on_the_way_is_taken_up_by_the_next(
    person: Person, watch: Watch, monkeypatch: pytest.MonkeyPatch, dies_in: str
) -> None:
    watch.at += timedelta(hours=2)
    with monkeypatch.context() as patch:
        patch.setattr(raising, dies_in, _die)
        with pytest.raises(SystemExit):
            raising.step()
    assert raising.step() == 1
    assert (Case.objects.count(), Submission.objects.count(), Alarm.objects.count()) == (1, 1, 1)
    assert Case.objects.get().is_self_raised


def _die(*args: object, **kwargs: object) -> None:
    raise SystemExit("killed")


def test_two_workers_at_once_make_one_case(person: Person, watch: Watch) -> None:
    watch.at += timedelta(hours=2)
    start, done = threading.Barrier(2), []

    def work() -> None:
        start.wait()
        try:
            done.append(raising.step())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(done) == 1
    assert (Case.objects.count(), Submission.objects.count(), Alarm.objects.count()) == (1, 1, 1)


def test_a_case_that_ended_without_a_check_starts_the_rota_anew(
    world: World, person: Person, watch: Watch
) -> None:
    watch.at += timedelta(hours=2)
    raising.step()
    supervisor = make_user("sue", Role.objects.get(code="supervisor"), world.city)
    case_actions.decline(
        case=Case.objects.get(), by=_with_agency(supervisor), reason="she is at her daughter's"
    )
    raising.step()
    person.refresh_from_db()
    assert person.next_check_at is not None
    assert person.next_check_at > watch.at
    assert person.alarm_at is not None


def _with_agency(user: object) -> object:
    case = Case.objects.get()
    user.agency = case.agency  # type: ignore[attr-defined]
    user.save()  # type: ignore[attr-defined]
    return user


def test_one_that_the_door_refuses_keeps_no_other_waiting(world: World, person: Person, watch: Watch) -> None:
    other = make_person(world, name="李乙", phone="", door="1")
    Person.objects.filter(pk=person.pk).update(phone_sealed=None, name_sealed=actions.seal("x" * 200))
    watch.at += timedelta(hours=2)
    assert raising.raise_missed() == 1
    assert Alarm.objects.get().person == other


# --- What runs out ---------------------------------------------------------------------------------------------


def test_what_runs_out_is_one_case_a_week_ahead_and_urgent_on_the_last_day(
    world: World, person: Person, watch: Watch
) -> None:
    make_supply(person, "medicine", amount=10, daily_use=1)
    seen = []
    for _day in range(11):
        watch.at += timedelta(days=1)
        actions.check(person=person, found="well", by=world.ben)
        raising.step()
        seen.append([case.priority for case in Case.objects.all()])
    assert seen[1] == []
    assert seen[2] == ["normal"]
    assert seen[-1] == ["urgent"]
    reminders = Note.objects.filter(text__contains="只够用到").count()
    assert (Alarm.objects.count(), reminders) == (3, 2)


def test_what_is_counted_too_late_is_warned_of_at_once_and_once(person: Person, watch: Watch) -> None:
    make_supply(person, "gas", amount=2, daily_use=1)
    assert raising.raise_supplies() == 1
    assert raising.raise_supplies() == 0
    assert Supply.objects.get().warned_days == 3


def test_a_worker_killed_between_two_warnings_makes_no_second_case(
    person: Person, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_supply(person, "medicine", amount=7, daily_use=1)
    with monkeypatch.context() as patch:
        patch.setattr(raising, "_keep", _die)
        with pytest.raises(SystemExit):
            raising.raise_supplies()
    watch.at += timedelta(days=5)
    raising.raise_supplies()
    assert Case.objects.count() == 1


def test_what_was_fetched_is_quiet_until_it_runs_low_again(person: Person, watch: Watch) -> None:
    supply = make_supply(person, "oxygen", amount=2, daily_use=1)
    raising.raise_supplies()
    actions.count_supply(person=person, supply=supply, kind="oxygen", amount=30, daily_use=1, by=None)
    assert raising.raise_supplies() == 0
    watch.at += timedelta(days=24)
    raising.raise_supplies()
    assert Alarm.objects.filter(supply=supply).count() == 2
