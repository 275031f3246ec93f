"""The shelf and the worker's way with it."""

from datetime import timedelta

from bihuan.kernel import clock
from bihuan.spine.cases.models import Case, Shedding
from bihuan.spine.cases.surge import shedding, shelf
from bihuan.spine.cases.triage import triage_one
from tests.spine.cases.known import NOON, World, make_case, make_rule, make_service, make_submission


def keep(world: World, count: int) -> tuple[Shedding, list[Case]]:
    service = make_service("parcel", agency=world.grid)
    make_rule(1, world.grid)
    made = shedding.shed(
        service=service, by=world.max, words_zh="先救人", until_at=clock.now() + timedelta(hours=1)
    )
    return made, [triage_one(make_submission(service="parcel", phone=f"1990000000{n}")) for n in range(count)]


def test_the_shelf_holds_what_was_kept_the_oldest_first(world: World) -> None:
    make_case(world)
    cases = keep(world, 2)[1]
    assert list(shelf.on_shelf()) == cases


def test_nothing_comes_back_while_its_service_is_shed(world: World) -> None:
    keep(world, 1)
    assert shelf.go_on() == 0
    assert shelf.on_shelf().count() == 1


def test_when_the_time_is_over_cases_come_back_batch_by_batch(world: World) -> None:
    with clock.running(lambda: NOON):
        made, _ = keep(world, 3)
    with clock.running(lambda: NOON + timedelta(hours=2)):
        assert [shelf.go_on(2), shelf.go_on(2), shelf.go_on(2)] == [2, 1, 0]
    made.refresh_from_db()
    assert made.ended_at is not None
