"""Cases that people open by hand."""

import pytest

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_world


def test_a_child_case_waits_for_its_agency_at_the_parents_place(world: World) -> None:
    parent = make_case(world, Status.WORKING, place="云杉苑 3 栋", lon=113.1, lat=27.8)
    child = actions.add_child(
        case=parent, service=world.service, agency=world.water, text="shut the valve", by=world.ben
    )
    child.refresh_from_db()
    assert (child.parent, child.agency, child.status) == (parent, world.water, Status.WAITING)
    assert (child.place, child.lon, child.summary) == (parent.place, parent.lon, "shut the valve")
    assert child.due_at is not None


def test_parent_and_child_each_have_an_event(world: World) -> None:
    parent = make_case(world, Status.WORKING)
    child = actions.add_child(
        case=parent, service=world.service, agency=world.water, text="shut the valve", by=world.ben
    )
    assert Event.objects.get(case_id=parent.pk, verb="child").detail["child"] == child.pk
    assert Event.objects.get(case_id=child.pk, verb="opened").detail["parent"] == parent.pk


def test_an_officer_of_another_agency_adds_no_child(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.add_child(
            case=make_case(world), service=world.service, agency=world.water, text="x", by=world.eve
        )


def test_a_child_needs_words_and_an_agency_that_takes_cases(world: World) -> None:
    parent = make_case(world)
    with pytest.raises(Refused):
        actions.add_child(case=parent, service=world.service, agency=world.water, text=" ", by=world.ben)
    world.water.is_active = False
    with pytest.raises(Refused):
        actions.add_child(case=parent, service=world.service, agency=world.water, text="x", by=world.ben)


PAYLOAD = {"client_id": "call-1", "text": "三栋没有电", "phone": "199 0000 5526", "site": "云杉苑"}


@pytest.mark.django_db(transaction=True)
def test_an_operator_enters_an_ask_and_reads_the_receipt_aloud() -> None:
    world = make_world()
    receipt, case = actions.enter(by=world.olga, payload=PAYLOAD)
    asker = queries.asker_of(receipt, "5526")
    assert (asker.case, case.channel, case.place) == (case, "phone", "云杉苑")
    assert Event.objects.get(case_id=case.pk, verb="enter").actor == world.olga


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_is_one_case() -> None:
    world = make_world()
    first = actions.enter(by=world.olga, payload=PAYLOAD)
    assert actions.enter(by=world.olga, payload=PAYLOAD) == first
    assert Event.objects.filter(verb="enter").count() == 1


def test_an_officer_enters_nothing(world: World) -> None:
    with pytest.raises(Forbidden):
        actions.enter(by=world.ben, payload=PAYLOAD)
