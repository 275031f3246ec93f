"""What the Case page gathers."""

from datetime import timedelta

from django.utils import translation

from bihuan.faces.desk import casepage
from bihuan.spine.cases import actions
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case

HOUR = timedelta(hours=1)


def _clocks(world: World, status: Status = Status.WAITING, **fields: object) -> list[casepage.ClockView]:
    level = levels.in_force().levels.get(urgency="", priority="normal")
    case = make_case(world, status, **{"level": level, **fields})  # type: ignore[arg-type]
    return casepage.clocks(case)


def _states(world: World, status: Status = Status.WAITING, **fields: object) -> list[str]:
    return [clock.state for clock in _clocks(world, status, **fields)]


def test_a_clock_runs_until_its_promise_is_kept_or_missed(world: World) -> None:
    promises = {"accept_by": NOON, "resolve_by": NOON + HOUR}
    assert _states(world) == ["kept", "running", "running", "running"]
    assert _states(world, Status.ACCEPTED, accepted_at=NOON, **promises)[1] == "kept"
    done = {"accepted_at": NOON + HOUR, "resolved_at": NOON}
    assert _states(world, Status.RESOLVED, **done, **promises)[1::2] == ["missed", "kept"]


def test_a_clock_says_how_much_time_it_has_and_by_which_calendar(world: World) -> None:
    with translation.override("en"):
        assert [clock.span for clock in _clocks(world)] == ["1 hour", "1 hour", "4 hours", "8 hours"]
        assert {clock.calendar for clock in _clocks(world)} == {"Round the clock"}


def test_on_hold_the_clock_stands_still(world: World) -> None:
    assert _states(world, Status.HOLD, accept_by=NOON, accepted_at=NOON)[1::2] == ["kept", "paused"]


def test_without_a_promise_there_is_no_clock(world: World) -> None:
    assert _states(world, level=None) == []


def test_the_crews_of_the_owning_agency_and_below_can_be_sent(world: World) -> None:
    (_, teams), (_, people) = casepage.crews(make_case(world, Status.ACCEPTED))
    assert [code for code, _ in teams] == [f"team-{world.team.pk}"]
    assert f"person-{world.cleo.pk}" in dict(people)
    assert f"person-{world.eve.pk}" not in dict(people)


def test_an_assignment_offers_what_can_be_reported_of_it(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    task = actions.add_task(case=case, title="look", by=world.ben)
    sent = actions.dispatch(task=task, team=world.team, by=world.ben)
    case.refresh_from_db()

    def offered() -> list[str]:
        (row,) = casepage.context(case, world.ben)["tasks"]
        return [deed.verb for deed in row.sent[0].deeds]

    assert offered() == ["arrive", "finish", "cancel"]
    actions.arrive(assignment=sent, by=world.ben)
    assert offered() == ["finish", "cancel"]


def test_the_page_listens_for_the_children_too(world: World) -> None:
    case = make_case(world, Status.ACCEPTED)
    child = actions.add_child(case=case, service=world.service, agency=world.water, text="x", by=world.ben)
    assert casepage.context(case, world.ben)["related"] == f"{case.pk},{child.pk}"
