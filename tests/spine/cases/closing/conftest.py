"""Some weeks of Cases of every kind, made from a seed."""

import random
from datetime import timedelta
from typing import Any

import pytest

from bihuan.spine.cases.models import Asker, Case, Visit
from bihuan.spine.cases.states import ENDED, Priority, Status
from bihuan.spine.places.models import District
from tests.spine.cases.known import NOON, World, make_agency, make_asker, make_service

MADE = 260
PROMISED = {"dispatch": 60, "accept": 120, "reply": 240, "resolve": 2880}
DONE = {"dispatch": "dispatched_at", "accept": "accepted_at", "reply": "replied_at", "resolve": "resolved_at"}


@pytest.fixture
def played(world: World) -> list[Case]:
    """Four weeks up to noon of a Monday."""
    return play(world, random.Random(11), MADE)


def play(world: World, rng: random.Random, number: int) -> list[Case]:
    places = [District.objects.create(code=f"d{n}", name_zh=f"区{n}", level="county") for n in range(3)]
    choices = {
        "service": [world.service, make_service("pipe"), make_service("noise"), None],
        "district": [*places, None],
        "agency": [world.grid, world.grid, world.water, make_agency("tiny", "小单位", "Tiny", world.city)],
    }
    twin = Case.objects.create(
        status="waiting", agency=world.grid, channel="web", opened_at=NOON, changed_at=NOON
    )
    made = [_case(rng, choices, twin) for _ in range(number)]
    Case.objects.bulk_create(made)
    for case in made:
        _visits(rng, case)
    return list(Case.objects.order_by("pk"))


def _case(rng: random.Random, choices: dict[str, list[Any]], twin: Case) -> Case:
    status = rng.choice([*Status, *[Status.CLOSED] * 9])
    opened = NOON - timedelta(minutes=rng.randrange(4 * 7 * 24 * 60))
    times: dict[str, Any] = {}
    for name, minutes in PROMISED.items():
        times[f"{name}_by"] = rng.choice([None, *[opened + timedelta(minutes=minutes)] * 6])
        times[DONE[name]] = rng.choice([None, *[opened + timedelta(minutes=rng.randrange(2 * minutes))] * 3])
    if status in {Status.RESOLVED, Status.CLOSED}:
        times["resolved_at"] = opened + timedelta(minutes=rng.randrange(4000))
    unsorted = status in {Status.TRIAGE, Status.RETURNED}
    return Case(
        status=status, is_open=status not in ENDED, channel="web", opened_at=opened, changed_at=opened,
        service=rng.choice(choices["service"]), district=rng.choice(choices["district"]),
        agency=None if unsorted else rng.choice(choices["agency"]), priority=rng.choice(Priority.values),
        merged_into=twin if status == Status.MERGED else None, due_at=times["resolve_by"],
        breached_at=rng.choice([None, NOON]), returned_count=rng.choice([0, 0, 0, 1]),
        reopened_count=rng.choice([0, 0, 0, 2]), is_self_raised=rng.random() < 0.05,
        unreachable_at=NOON if rng.random() < 0.05 else None,
        ended_at=opened + timedelta(minutes=rng.randrange(6000)) if status in ENDED else None, **times,
    )  # fmt: skip


def _visits(rng: random.Random, case: Case) -> None:
    """Ask one or two askers once or twice, and keep on the Case what the actions would."""
    if case.resolved_at is None or rng.random() < 0.3:
        return
    askers: list[Asker] = [make_asker(case) for _ in range(rng.choice([1, 1, 2]))]
    for time in range(rng.choice([1, 1, 2])):
        at = case.resolved_at - timedelta(hours=2 * (1 - time))
        for asker in askers:
            is_solved = rng.choice([True, True, True, False, None])
            content = rng.choice(["", "yes", "yes", "fair", "no"]) if is_solved is not None else ""
            Visit.objects.create(
                case=case, asker=asker, resolved_at=at, asked_at=at, channel="file", content=content,
                is_solved=is_solved, answered_at=None if is_solved is None else at,
            )  # fmt: skip
    _keep(case)


def _keep(case: Case) -> None:
    answered = list(case.visits.filter(is_solved__isnull=False).order_by("resolved_at"))
    rated = [visit for visit in answered if visit.content]
    if answered:
        last = [visit.is_solved for visit in answered if visit.resolved_at == answered[-1].resolved_at]
        case.is_solved = all(last)
    if rated:
        said = {visit.content for visit in rated if visit.resolved_at == rated[-1].resolved_at}
        case.content = next(word for word in ("no", "fair", "yes") if word in said)
    case.save()
