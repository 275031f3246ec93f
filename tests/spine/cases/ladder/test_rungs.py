"""The rungs: standard until somebody edits them."""

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.accounts.models import Role
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.ladder.rungs import STANDARD, active, list_rungs, set_rungs
from bihuan.spine.cases.models import Rung
from bihuan.spine.cases.promises.recount import recount_some
from tests.spine.cases.known import NOON, World, make_user
from tests.spine.cases.ladder.desk import at, begun


def test_before_anybody_edits_them_the_standard_rungs_hold(db: None) -> None:
    assert [(rung.percent, rung.whom) for rung in active()] == list(STANDARD)


def test_the_ladder_is_written_anew_and_a_new_share_counts_from_now(world: World) -> None:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    with clock.running(lambda: NOON):
        set_rungs(rungs=[(100, "joint"), (25, "duty"), (50, "owner")], by=ada)
    assert [(rung.percent, rung.whom, rung.since) for rung in list_rungs()] == [
        (25, "duty", NOON), (50, "owner", None), (100, "joint", None),
    ]  # fmt: skip
    assert Event.objects.get(verb="ladder_changed").detail["rungs"] == [
        [25, "duty"],
        [50, "owner"],
        [100, "joint"],
    ]


def test_open_cases_learn_of_a_nearer_rung_when_the_worker_has_counted_them(world: World) -> None:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    case = begun(world)
    with clock.running(at(5)):
        set_rungs(rungs=[(5, "owner"), (20, "duty")], by=ada)
        recount_some()
    case.refresh_from_db()
    # The share of 5 % had passed when it was made; 20 % of an hour has not.
    assert case.next_rung_at == at(12)()


def test_a_rung_that_is_switched_off_is_not_in_use(db: None) -> None:
    Rung.objects.create(percent=50, whom="owner")
    Rung.objects.create(percent=80, whom="duty", is_active=False)
    assert [rung.percent for rung in active()] == [50]


@pytest.mark.parametrize(
    "rungs",
    [
        [],
        [(50, "owner"), (50, "duty")],
        [(0, "owner")],
        [(1001, "owner")],
        [(50, "king")],
        [(n, "owner") for n in range(1, 20)],
    ],
)
def test_an_impossible_ladder_is_refused_and_nothing_changes(
    world: World, rungs: list[tuple[int, str]]
) -> None:
    ada = make_user("ada", Role.objects.get(code="administrator"), None)
    with pytest.raises(Refused):
        set_rungs(rungs=rungs, by=ada)
    assert not Rung.objects.exists()


def test_only_who_keeps_the_rules_may_change_it(world: World) -> None:
    for person in (world.ben, world.sam, world.max):
        with pytest.raises(Forbidden):
            set_rungs(rungs=[(50, "owner")], by=person)
