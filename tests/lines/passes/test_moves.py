"""Who may move a pass, and who was first."""

import pytest

from bihuan.kernel.errors import Conflict, Forbidden
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.moves import move
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.actions import ASKER
from bihuan.spine.audit.models import Event
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World, make_user


def test_the_second_is_told_how_it_stands(world: World) -> None:
    row = make_pass(world)
    move(pass_=row, verb="withdraw", by=ASKER)
    with pytest.raises(Conflict) as conflict:
        move(pass_=row, verb="decline", by=world.ben)
    assert conflict.value.code == Status.WITHDRAWN


def test_another_office_and_a_stranger_have_no_hand_in_it(world: World) -> None:
    row = make_pass(world)
    for who in (world.eve, world.dan, world.olga):
        with pytest.raises(Forbidden):
            move(pass_=row, verb="decline", by=who)


def test_the_one_stop_desk_reviews_what_lies_at_every_desk(world: World) -> None:
    from bihuan.spine.accounts.roles import write_roles

    clerk = make_user("pia", write_roles()["reviewer"], world.water)
    assert move(pass_=make_pass(world), verb="decline", by=clerk).status == Status.DECLINED


def test_an_applicant_does_not_do_the_offices_work(world: World) -> None:
    with pytest.raises(Forbidden):
        move(pass_=make_pass(world), verb="issue", by=ASKER)


def test_an_officer_suspends_nothing(world: World) -> None:
    row = make_pass(world, Status.ISSUED)
    with pytest.raises(Forbidden):
        move(pass_=row, verb="suspend", by=world.ben)
    assert move(pass_=row, verb="suspend", by=world.sam).status == Status.SUSPENDED


def test_each_move_is_one_event_and_its_words_are_kept(world: World) -> None:
    row = make_pass(world)
    move(pass_=row, verb="decline", by=world.ben, words="no such road")
    event = Event.objects.get(verb="pass_decline", subject_id=row.pk)
    assert "road" not in str(event.detail)
    assert Pass.objects.get(pk=row.pk).remarks.get().text == "no such road"
