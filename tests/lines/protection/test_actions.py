"""The verbs of the care list."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.lines.protection import actions, due, raising
from bihuan.lines.protection.kinds import Found, Status
from bihuan.lines.protection.models import Check, Person
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case, Note
from bihuan.spine.door.models import Submission
from tests.lines.protection.known import make_draft, make_person, make_services, make_supply
from tests.spine.cases.known import NOON, World


@pytest.fixture
def noon() -> object:
    with clock.running(lambda: NOON):
        yield NOON


def test_who_is_listed_is_due_at_once_in_the_hours(world: World, noon: object) -> None:
    person = make_person(world)
    assert person.next_check_at == NOON
    assert person.alarm_at == NOON + timedelta(minutes=60)
    assert Event.objects.filter(verb="care_add", subject_id=person.pk, actor=world.ben).count() == 1


def test_the_same_person_is_listed_once(world: World, person: Person) -> None:
    with pytest.raises(Conflict, match=str(person.pk)):
        make_person(world, phone="19900007777")


def test_a_telephone_is_on_the_list_once_unless_it_is_shared(world: World, person: Person) -> None:
    with pytest.raises(Conflict) as refused:
        make_person(world, name="吴乙")
    assert refused.value.field == "phone"
    assert make_person(world, name="吴乙", is_phone_shared=True).pk != person.pk


def test_the_database_itself_holds_a_person_once(person: Person) -> None:
    person.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save(force_insert=True)


def test_eve_looks_after_her_own_only(world: World, person: Person) -> None:
    with pytest.raises(Forbidden):
        actions.check(person=person, found="well", by=world.eve)
    with pytest.raises(Forbidden):
        actions.add(draft=make_draft(world, name="李乙", phone=""), by=world.eve)


def test_dan_may_nothing(world: World, person: Person) -> None:
    with pytest.raises(Forbidden):
        actions.leave(person=person, reason="moved", by=world.dan)


def test_who_was_seen_is_next_due_by_the_rota(world: World, person: Person, noon: object) -> None:
    actions.check(person=person, found="well", by=world.ben)
    person.refresh_from_db()
    assert (person.last_seen_at, person.last_found) == (NOON, Found.WELL)
    assert person.next_check_at == due.next_check(person.rota, NOON) > NOON


@pytest.mark.parametrize("found", ["no_answer", "could_not"])
def test_who_was_not_seen_stays_due(world: World, person: Person, found: str) -> None:
    before = person.next_check_at
    actions.check(person=person, found=found, by=world.ben)
    person.refresh_from_db()
    assert (person.next_check_at, person.last_seen_at) == (before, None)


def test_a_check_of_no_known_kind_is_refused(world: World, person: Person) -> None:
    with pytest.raises(Refused):
        actions.check(person=person, found="fine", by=world.ben)
    assert not Check.objects.exists()


def test_a_check_holds_nothing_personal_in_the_audit(world: World, person: Person) -> None:
    actions.check(person=person, found="well", by=world.ben, note="吴甲 fell in the bath")
    event = Event.objects.get(verb="care_check")
    assert event.detail == {"found": "well", "case": None}


def test_a_new_rota_counts_from_when_somebody_was_seen(world: World, person: Person, noon: object) -> None:
    actions.check(person=person, found="well", by=world.ben)
    changed = actions.change(person=person, draft=make_draft(world, every_h=4), by=world.ben)
    assert changed.next_check_at == NOON + timedelta(hours=4)


def test_who_has_left_can_be_listed_again(world: World, person: Person) -> None:
    gone = actions.leave(person=person, reason="moved", by=world.ben)
    assert (gone.status, gone.next_check_at, gone.alarm_at) == (Status.LEFT, None, None)
    assert make_person(world).pk != person.pk
    with pytest.raises(Conflict):
        actions.leave(person=person, reason="moved", by=world.ben)
    with pytest.raises(Conflict):
        actions.check(person=person, found="well", by=world.ben)


def test_leaving_ends_what_is_watched(world: World, person: Person) -> None:
    supply = make_supply(person)
    actions.leave(person=person, reason="recovered", by=world.ben)
    supply.refresh_from_db()
    assert supply.warn_at is None
    assert supply.ended_at is not None


def test_counting_plans_the_first_warning_a_week_ahead(person: Person, noon: object) -> None:
    supply = make_supply(person, amount=20, daily_use=2)
    assert supply.runs_out_at == NOON + timedelta(days=10)
    assert supply.warn_at == NOON + timedelta(days=3)


@pytest.mark.parametrize("amount", [-1, float("nan"), float("inf")])
def test_an_amount_that_is_none_is_refused(person: Person, amount: float) -> None:
    with pytest.raises(Refused):
        make_supply(person, amount=amount)


def test_a_supply_can_be_watched_no_longer(world: World, person: Person) -> None:
    supply = make_supply(person)
    assert actions.end_supply(supply=supply, by=world.ben).warn_at is None
    with pytest.raises(Conflict):
        actions.end_supply(supply=supply, by=world.ben)


@pytest.mark.django_db(transaction=True)
def test_what_is_needed_goes_through_the_door_once(world: World, person: Person) -> None:
    make_services()
    payload = {
        "client_id": "visit-12345678",
        "service": "elderly_visit",
        "text": "needs company",
        "answers": {"last": "day"},
        "site": "云里小区",
    }
    first = actions.ask_for(person=person, payload=payload, by=world.ben)
    again = actions.ask_for(person=person, payload=payload, by=world.ben)
    assert first.pk == again.pk
    assert Submission.objects.get().channel == "visit"
    assert Check.objects.get().case_id == first.pk
    assert not Case.objects.get().is_self_raised


@pytest.mark.django_db(transaction=True)
def test_a_check_is_noted_on_the_open_case_and_closes_nothing(world: World, person: Person) -> None:
    make_services()
    with clock.running(lambda: NOON + timedelta(days=9)):
        raising.step()
        case = Case.objects.get()
        actions.check(person=person, found="well", by=world.ben)
        after = Case.objects.get()
        assert (after.status, after.is_open) == (case.status, True)
        assert Note.objects.filter(case=case, kind="internal").count() == 1
