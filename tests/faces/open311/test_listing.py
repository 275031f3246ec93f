"""The filters of the list."""

from datetime import timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from tests.faces.open311.conftest import Machine
from tests.spine.cases.known import NOON, World, make_case, make_service


def opened(world: World, days_ago: float = 0, status: Status = Status.WAITING, **fields: Any) -> Case:
    return make_case(world, status, opened_at=clock.now() - timedelta(days=days_ago), **fields)


def numbers(machine: Machine, **said: str) -> list[int]:
    answer = machine.get("requests.json", **said)
    assert answer.status_code == 200, answer.content
    return [int(one["service_request_id"]) for one in answer.json()]


def reason(machine: Machine, **said: str) -> str:
    answer = machine.get("requests.json", **said)
    assert answer.status_code == 400
    return str(answer.json()[0]["description"])


def test_ids_override_all_else_and_unknown_ones_find_nothing(machine: Machine, world: World) -> None:
    old, new = opened(world, 400), opened(world)
    said = {
        "service_request_id": f"{old.pk},{new.pk},unknown,{2**70}",
        "status": "closed",
        "service_code": "x",
    }
    assert set(numbers(machine, **said)) == {old.pk, new.pk}
    assert numbers(machine, service_request_id="unknown") == []


def test_services_and_states_are_comma_lists(machine: Machine, world: World) -> None:
    other = opened(world, service=make_service("gas"))
    closed, waiting = opened(world, status=Status.CLOSED), opened(world)
    assert numbers(machine, service_code="gas, nothing") == [other.pk]
    assert set(numbers(machine, service_code="gas,power_failure")) == {other.pk, closed.pk, waiting.pk}
    assert numbers(machine, status="closed") == [closed.pk]
    assert len(numbers(machine, status="OPEN,closed")) == 3


def test_resolved_is_still_open_until_the_asker_had_the_chance(machine: Machine, world: World) -> None:
    case = opened(world, status=Status.RESOLVED)
    assert numbers(machine, status="open") == [case.pk]


def test_without_dates_the_last_ninety_days_are_meant(machine: Machine, world: World) -> None:
    opened(world, 91)
    recent = opened(world, 89)
    assert numbers(machine) == [recent.pk]


def test_one_date_alone_reaches_ninety_days_from_it(machine: Machine, world: World) -> None:
    cases = [opened(world, days) for days in (200, 150, 50)]
    day = lambda ago: (clock.now() - timedelta(days=ago)).isoformat()  # noqa: E731
    assert numbers(machine, start_date=day(201)) == [cases[1].pk, cases[0].pk]
    assert numbers(machine, end_date=day(140)) == [cases[1].pk, cases[0].pk]


def test_more_than_ninety_days_are_refused(machine: Machine) -> None:
    said = {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:01Z"}
    assert "90 days" in reason(machine, **said)
    assert numbers(machine, **{**said, "end_date": "2026-04-01T00:00:00Z"}) == []


@pytest.mark.parametrize(
    ("name", "value"), [("status", "badger"), ("start_date", "soon"), ("page", "0"), ("page_size", "1001")]
)
def test_a_value_that_is_none_of_its_own_is_named(machine: Machine, name: str, value: str) -> None:
    assert (value if name == "status" else name) in reason(machine, **{name: value})


def test_an_empty_argument_counts_as_left_out(machine: Machine, world: World) -> None:
    case = opened(world)
    empty = dict.fromkeys(
        ["service_request_id", "status", "start_date", "end_date", "service_code", "page"], ""
    )
    assert numbers(machine, **empty) == [case.pk]


def test_nobody_asked_is_an_empty_list(machine: Machine) -> None:
    answer = machine.get("requests.xml", service_code="power_failure")
    assert answer.status_code == 200
    assert answer.content.endswith(b"<service_requests></service_requests>")


def test_pages_follow_each_other_without_gap_or_twin(machine: Machine, world: World) -> None:
    cases = [opened(world, days).pk for days in range(5)]
    pages = [numbers(machine, page=str(page), page_size="2") for page in (1, 2, 3, 4)]
    assert pages == [cases[:2], cases[2:4], cases[4:], []]


def test_what_changed_since_can_be_read_on(machine: Machine, world: World) -> None:
    old, new = opened(world, changed_at=NOON - timedelta(days=3)), opened(world, changed_at=NOON)
    assert numbers(machine, updated_after="2026-11-22T00:00:00Z") == [new.pk]
    assert numbers(machine, updated_before="2026-11-22T00:00:00Z") == [old.pk]
