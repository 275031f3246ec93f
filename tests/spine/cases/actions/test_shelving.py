"""Bringing a kept Case back by hand."""

import pytest

from bihuan.kernel.errors import Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.surge import shedding
from bihuan.spine.cases.triage import triage_one
from tests.spine.cases.known import World, make_case, make_rule, make_service, make_submission


def kept(world: World) -> Case:
    service = make_service("parcel", agency=world.grid)
    make_rule(1, world.grid)
    shedding.shed(service=service, by=world.max, words_zh="先救人")
    return triage_one(make_submission(service="parcel"))


def test_a_case_brought_back_waits_with_its_agency_and_its_pause_is_over(world: World) -> None:
    case = actions.unshelve(case=kept(world), by=world.olga)
    assert (case.status, case.agency) == ("waiting", world.grid)
    assert not case.pauses.filter(until_at=None).exists()
    assert Event.objects.filter(case_id=case.pk, verb="unshelve", actor=world.olga).count() == 1


def test_a_case_that_is_not_on_the_shelf_can_not_be_brought_back(world: World) -> None:
    with pytest.raises(Refused):
        actions.unshelve(case=make_case(world), by=world.olga)


def test_a_stranger_brings_nothing_back(world: World) -> None:
    case = kept(world)
    with pytest.raises(Refused):
        actions.unshelve(case=case, by=world.dan)
    case.refresh_from_db()
    assert case.status == "shelved"
