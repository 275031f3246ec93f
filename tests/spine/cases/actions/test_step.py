"""What every action does."""

import pytest
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.actions.step import TEXT_LIMIT, begin, lock, said, who_was_first
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case


@pytest.mark.django_db(transaction=True)
def test_a_case_is_locked_inside_a_transaction_only() -> None:
    with pytest.raises(RuntimeError):
        lock(1)


def test_a_write_onto_a_case_that_changed_since_the_look_is_a_conflict(world: World) -> None:
    step = begin(make_case(world), "accept", world.ben)
    Case.objects.filter(pk=step.case.pk).update(status=Status.DECLINED, is_open=False, ended_at=clock.now())
    with pytest.raises(Conflict):
        step.write()
    assert not Event.objects.filter(verb="accept").exists()


def test_a_write_onto_a_case_that_went_to_another_agency_is_a_conflict(world: World) -> None:
    step = begin(make_case(world), "accept", world.ben)
    Case.objects.filter(pk=step.case.pk).update(agency=world.water)
    with pytest.raises(Conflict):
        step.write()


def test_one_step_has_one_instant(world: World) -> None:
    with clock.running(lambda: NOON):
        step = begin(make_case(world), "accept", world.ben)
    step.write()
    assert Case.objects.get().changed_at == NOON


def test_without_a_move_nobody_was_first(world: World) -> None:
    case = make_case(world)
    with translation.override("en"):
        assert who_was_first(case) == f"No. {case.pk} has changed in the meantime."


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
def test_nothing_said_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(Refused) as refused:
        said(text, "reason")
    assert refused.value.field == "reason"


def test_too_much_said_is_refused() -> None:
    assert said("x" * TEXT_LIMIT, "reason")
    with pytest.raises(Refused):
        said("x" * (TEXT_LIMIT + 1), "reason")


def test_a_nul_that_a_database_could_not_keep_is_left_out() -> None:
    assert said("no\x00t ours", "reason") == "not ours"
