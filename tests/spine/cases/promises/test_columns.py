"""The clocks of many Cases at once: whatever they say, the clocks of one say too."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases.models import Case, Level, Pause
from bihuan.spine.cases.promises import clocks, recount
from bihuan.spine.cases.promises.columns import COUNTED
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_service

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
STATUSES = ("triage", "waiting", "accepted", "working", "hold", "resolved", "reopened", "returned")
MAYBE = (
    "handed_at",
    "returned_at",
    "dispatched_at",
    "accepted_at",
    "replied_at",
    "resolved_at",
    "next_rung_at",
)
BY = ("dispatch_by", "accept_by", "reply_by", "resolve_by", "due_at")


def made_up(world: World, rng: Random, level: Level) -> Case:
    """Make a Case of which anything may be true, likely or not."""
    opened_at = MONDAY + rng.randrange(-20_000, 20_000) * MINUTE

    def some() -> datetime | None:
        return None if rng.random() < 0.4 else opened_at + rng.randrange(0, 6_000) * MINUTE

    fields = {name: some() for name in (*MAYBE, *BY)}
    fields |= {"breached_at": opened_at if rng.random() < 0.2 else None}
    case = make_case(
        world,
        Status(rng.choice(STATUSES)),
        askers=0,
        agency=world.grid,
        opened_at=opened_at,
        level=level,
        **fields,
    )
    at = opened_at
    for _ in range(rng.choice([0, 0, 1, 2, 3])):
        start = at + rng.randrange(-30, 900) * MINUTE
        at = max(at, start) + rng.randrange(1, 2_000) * MINUTE
        Pause.objects.create(case=case, from_at=start, until_at=at)
    if case.status == Status.HOLD:
        Pause.objects.create(case=case, from_at=at, until_at=None)
    return case


@pytest.mark.parametrize("seed", range(3))
def test_columns_agree_with_the_clocks_of_each_case_alone(world: World, seed: int) -> None:
    rng = Random(seed)
    make_service("complaint", urgency="planned")
    levels = list(Level.objects.select_related("calendar", "agreement"))
    cases = [made_up(world, rng, rng.choice(levels)) for _ in range(60)]
    now = MONDAY + rng.randrange(0, 30_000) * MINUTE
    wanted = {case.pk: rng.choice(levels) for case in cases}
    with clock.running(lambda: now):
        rows = list(recount.open_rows(0, cases[-1].pk))
        counted = recount.count_rows(rows, lambda row: wanted[row[0]])
    assert len(rows) == len(cases)
    for k, case in enumerate(
        Case.objects.filter(is_open=True).select_related("level__calendar").order_by("pk")
    ):
        alone = clocks.recomputed(case, now, wanted[case.pk])
        expected = {name: alone.get(name, getattr(case, name)) for name in COUNTED}
        assert counted.fields(k) == {**expected, "level_id": wanted[case.pk].pk}
