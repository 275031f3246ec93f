"""What the database itself refuses."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from bihuan.kernel import clock
from bihuan.spine.cases.models import Assignment, Case, Pause, Task
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case

IMPOSSIBLE: list[dict[str, Any]] = [
    {"is_open": False},
    {"ended_at": NOON},
    {"status": Status.MERGED},
    {"agency": None},
    {"status": Status.WORKING, "agency": None},
]


@pytest.mark.parametrize("fields", IMPOSSIBLE)
def test_a_case_that_can_not_be_is_refused(world: World, fields: dict[str, Any]) -> None:
    case = make_case(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**fields)


@pytest.mark.parametrize("both", [True, False])
def test_an_assignment_is_of_a_person_or_of_a_team(world: World, both: bool) -> None:
    task = Task.objects.create(case=make_case(world), title="look", created_at=clock.now())
    whom: dict[str, Any] = {"person": world.cleo, "team": world.team} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=task, from_at=clock.now(), **whom)


def test_a_case_stands_still_once_at_a_time(world: World) -> None:
    case = make_case(world)
    Pause.objects.create(case=case, from_at=clock.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Pause.objects.create(case=case, from_at=clock.now())


def test_why_a_case_has_its_owner_is_said_in_the_readers_language(world: World) -> None:
    case = make_case(world, owner_reason_zh="规则 7", owner_reason_en="rule 7")
    with translation.override("en"):
        assert case.owner_reason == "rule 7"
    with translation.override("zh-hans"):
        assert case.owner_reason == "规则 7"
