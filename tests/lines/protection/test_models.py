"""What the database refuses, and what retention takes out."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.lines.protection import actions
from bihuan.lines.protection.models import Person
from bihuan.spine.cases import retention
from tests.lines.protection.known import make_supply
from tests.spine.cases.known import World


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_h": 20, "until_h": 8},
        {"every_h": 0},
        {"status": "left"},
        {"next_check_at": None},
        {"until_h": 25},
    ],
)
def test_a_row_that_can_not_be_is_refused(person: Person, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(**wrong)


def test_what_is_personal_is_gone_ninety_days_after_leaving(world: World, person: Person) -> None:
    supply = make_supply(person)
    actions.check(person=person, found="well", by=world.ben, note="in bed")
    actions.leave(person=person, reason="died", by=world.ben)
    for days, is_there in ((89, True), (91, False)):
        later = clock.now() + timedelta(days=days)
        with clock.running(lambda later=later: later):
            retention.take_out()
        person.refresh_from_db()
        personal = (person.name_sealed, person.phone_hash, person.door_sealed, person.kinds, person.same_hash)
        assert any(personal) is is_there
    supply.refresh_from_db()
    assert person.checks.get().note_sealed is None


def test_who_is_listed_keeps_everything(person: Person) -> None:
    with clock.running(lambda: person.added_at + timedelta(days=900)):
        retention.take_out()
    person.refresh_from_db()
    assert person.name_sealed
