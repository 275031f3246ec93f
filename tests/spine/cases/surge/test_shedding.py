"""Services shed for a while; the shelf, and the way back from it."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Pause, Service, Shedding, Urgency
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.surge import shedding, shelf
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.messages.models import Message
from tests.spine.cases.known import NOON, World, make_rule, make_service, make_submission

HOUR = timedelta(hours=1)
START = NOON


def parcel(world: World, **fields: object) -> Service:
    return make_service("parcel", agency=world.grid, **fields)


def shed(world: World, service: Service, until_h: float | None = None) -> Shedding:
    until_at = clock.now() + until_h * HOUR if until_h else None
    return shedding.shed(
        service=service, by=world.max, words_zh="先救人", words_en="Lives first", until_at=until_at
    )


def test_an_ask_for_a_shed_service_is_kept_on_the_shelf_with_its_owner(world: World) -> None:
    service = parcel(world)
    make_rule(1, world.grid)
    shed(world, service, 2)
    case = triage_one(make_submission(service="parcel"))
    assert (case.status, case.agency, case.due_at, case.next_rung_at) == ("shelved", world.grid, None, None)
    message = Message.objects.get(case_id=case.pk)
    assert message.template == "received_shelved"
    assert "Lives first (until" in message.body


def test_the_audit_tells_of_the_shelf_and_of_the_clock_that_stands(world: World) -> None:
    service = parcel(world)
    made = shed(world, service)
    case = triage_one(make_submission(service="parcel"))
    detail = Event.objects.get(case_id=case.pk, verb="opened").detail
    pause = Pause.objects.get(case=case)
    assert (detail["shed"], list(detail["rows"]["pause"])) == (made.pk, [str(pause.pk)])


def test_what_is_urgent_is_not_shelved(world: World) -> None:
    service = parcel(world)
    shed(world, service)
    Service.objects.filter(pk=service.pk).update(priority="urgent")
    assert triage_one(make_submission(service="parcel")).status == Status.WAITING


@pytest.mark.parametrize(
    "fields",
    [
        {"urgency": Urgency.LIFE},
        {"urgency": Urgency.SUPPLY},
        {"priority": "urgent"},
        {"danger_words": ["fire"]},
    ],
)
def test_life_health_and_supply_are_never_shed(world: World, fields: dict[str, object]) -> None:
    with pytest.raises(Refused):
        shed(world, parcel(world, **fields))


def test_an_officer_may_not_shed(world: World) -> None:
    with pytest.raises(Forbidden):
        shedding.shed(service=parcel(world), by=world.ben, words_zh="x")


def test_a_service_is_shed_once_at_a_time(world: World) -> None:
    service = parcel(world)
    made = shed(world, service)
    with pytest.raises(Conflict):
        shed(world, service)
    shedding.end(shedding=made, by=world.max)
    with pytest.raises(Conflict):
        shedding.end(shedding=made, by=world.max)
    shed(world, service)


def test_when_shedding_ends_by_hand_the_case_goes_on_with_its_whole_time(world: World) -> None:
    service = parcel(world)
    with clock.running(lambda: START):
        made = shed(world, service)
        case = triage_one(make_submission(service="parcel"))
    with clock.running(lambda: START + 5 * HOUR):
        assert shelf.go_on() == 0
        shedding.end(shedding=made, by=world.max)
        assert shelf.go_on() == 1
    case.refresh_from_db()
    assert (case.status, case.handed_at) == (Status.WAITING, START + 5 * HOUR)
    assert case.due_at is not None and case.due_at > START + 5 * HOUR
    assert case.resolve_by is not None and case.level is not None
    assert case.resolve_by == START + 5 * HOUR + timedelta(minutes=case.level.resolve_min)
    assert not Pause.objects.filter(case=case, until_at=None).exists()


def test_when_its_time_is_over_the_worker_ends_it_and_brings_cases_back(world: World) -> None:
    service = parcel(world)
    with clock.running(lambda: START):
        shed(world, service, 2)
        case = triage_one(make_submission(service="parcel"))
    with clock.running(lambda: START + 3 * HOUR):
        assert shedding.live() == {}
        assert shelf.go_on() == 1
    assert Shedding.objects.get().ended_at == START + 3 * HOUR
    assert Event.objects.filter(verb="unshed").count() == 1
    assert Case.objects.get(pk=case.pk).status == Status.WAITING


def test_the_asker_is_told_when_it_goes_on(world: World) -> None:
    made = shed(world, parcel(world))
    case = triage_one(make_submission(service="parcel"))
    shedding.end(shedding=made, by=world.max)
    shelf.go_on()
    assert list(
        Message.objects.filter(case_id=case.pk).order_by("id").values_list("template", flat=True)
    ) == [
        "received_shelved",
        "unshelve",
    ]


def test_a_person_brings_one_back_before_the_end(world: World) -> None:
    shed(world, parcel(world))
    case = triage_one(make_submission(service="parcel"))
    actions.unshelve(case=case, by=world.olga)
    assert Case.objects.get(pk=case.pk).status == Status.WAITING


def test_an_asker_may_take_back_what_lies_on_the_shelf(world: World) -> None:
    shed(world, parcel(world))
    case = triage_one(make_submission(service="parcel"))
    ended = actions.withdraw(case=case, by=world.olga)
    assert (ended.status, Pause.objects.filter(until_at=None).count()) == (Status.WITHDRAWN, 0)


def test_a_case_that_turns_out_to_be_of_another_service_comes_back(world: World) -> None:
    shed(world, parcel(world))
    case = triage_one(make_submission(service="parcel"))
    actions.reclassify(case=case, service=world.service, by=world.olga)
    assert shelf.go_on() == 1
