"""Whose word it is, and what surrounds the asking back; ``closing/test_visits.py`` plays it through."""

import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.cases import actions
from bihuan.spine.cases.actions.visiting import whose
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case


def test_where_one_asked_it_is_theirs(world: World) -> None:
    case = make_case(world)
    assert whose(case, None) == case.askers.get()


@pytest.mark.parametrize("askers", [0, 2])
def test_where_nobody_or_several_asked_it_must_be_said(world: World, askers: int) -> None:
    with pytest.raises(Refused) as refused:
        whose(make_case(world, askers=askers), None)
    assert refused.value.field == "asker"


@pytest.mark.parametrize("verb", ["check", "slip", "unreachable"])
def test_an_asker_and_an_officer_without_the_right_do_none_of_it(world: World, verb: str) -> None:
    case = actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")
    more = {"tries": 3} if verb == "unreachable" else {}
    for by in (ASKER, world.ben, world.dan):
        with pytest.raises(Forbidden):
            getattr(actions, verb)(case=case, by=by, **more)


def test_the_same_officer_has_the_clock_where_it_stood_after_a_no(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    before = case.resolve_by
    case = actions.resolve(case=case, by=world.ben, reply="done")
    opened = actions.reopen(case=case, by=ASKER, reason="no")
    assert opened.officer == world.ben
    assert before
    assert opened.resolve_by
    # Only the time in which the asker was asked is added.
    pause = opened.pauses.get()
    assert opened.resolve_by - before == (pause.until_at or pause.from_at) - pause.from_at


def test_the_wait_that_runs_out_closes_what_staff_raised(world: World) -> None:
    case = make_case(world, Status.WORKING, askers=0, is_self_raised=True)
    case = actions.resolve(case=case, by=world.ben, reply="done")
    assert case.closes_at
    assert actions.close(case=case, by=SYSTEM).status == Status.CLOSED
    assert not Case.objects.get(pk=case.pk).is_open
