"""The four promises of a Case, through whatever happens to it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case, Rung
from bihuan.spine.cases.promises import clocks
from bihuan.spine.cases.promises.clocks import PROMISES, next_rung, runs_of
from bihuan.spine.cases.states import Priority, Status
from tests.spine.cases.known import PROMISES as AGREED
from tests.spine.cases.known import World, make_case, make_service
from tests.spine.cases.promises import slowly
from tests.spine.cases.promises.test_calendars import counts

EXAMPLES = int(os.environ.get("CLOCK_EXAMPLES", "25"))
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # 9:00 in the city, a workday
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> Callable[[], datetime]:
    return lambda: MONDAY + minutes * MINUTE


def minutes_of(instant: datetime | None) -> float | None:
    return None if instant is None else (instant - MONDAY) / MINUTE


def due_of(case: Case) -> list[float | None]:
    """Return the four promises, in minutes since Monday nine o'clock."""
    return [minutes_of(getattr(case, f"{promise}_by")) for promise in PROMISES]


def states_of(case: Case, minutes: float) -> list[str]:
    return [run.state for run in runs_of(case, at(minutes)())]


def begun(world: World, **fields: object) -> Case:
    """Open a Case on Monday with its clocks running."""
    blank = {"dispatched_at": None, "handed_at": None}
    with clock.running(at(0)):
        case = make_case(world, **{**blank, **fields})
    for name, value in clocks.start(case, MONDAY).items():
        setattr(case, name, value)
    case.save()
    return case


def test_a_new_case_has_four_promises_and_is_due_at_the_first_that_can_fail(world: World) -> None:
    case = begun(world)
    assert due_of(case) == [60, 60, 240, 480]
    assert minutes_of(case.due_at) == 60
    assert states_of(case, 10) == ["kept", "running", "running", "running"]


def test_an_urgent_case_is_promised_sooner(world: World) -> None:
    assert due_of(begun(world, priority=Priority.URGENT)) == [15, 15, 60, 120]


def test_before_an_agency_has_it_nobody_can_accept_it(world: World) -> None:
    case = begun(world, status=Status.TRIAGE, service=None)
    assert due_of(case) == [60, None, 240, 480]
    assert states_of(case, 10) == ["running", "waiting", "running", "running"]


def test_the_time_an_ask_lay_about_before_it_was_assigned_counts_for_the_asker(world: World) -> None:
    case = begun(world, status=Status.TRIAGE)
    with clock.running(at(50)):
        case = actions.assign(case=case, agency=world.grid, by=SYSTEM)
    assert due_of(case) == [60, 110, 240, 480]
    assert states_of(case, 55)[0] == "kept"


def test_accepting_leaves_the_first_reply_to_keep(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
    assert minutes_of(case.due_at) == 240


def test_accepting_alone_is_no_reply_and_a_question_is_one(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
        assert case.replied_at is None
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    assert minutes_of(case.replied_at) == 10


def test_a_refusal_with_its_reason_is_a_reply(world: World) -> None:
    with clock.running(at(10)):
        case = actions.decline(case=begun(world), by=SYSTEM, reason="not allowed")
    assert minutes_of(case.replied_at) == 10
    assert states_of(case, 20)[3] == "none"


def test_accepting_late_is_kept_as_a_breach_even_when_the_worker_was_slower(world: World) -> None:
    with clock.running(at(61)):
        case = actions.accept(case=begun(world), by=world.ben)
    assert minutes_of(case.breached_at) == 60
    assert states_of(case, 62)[1] == "missed"


def test_nothing_is_due_and_no_rung_comes_while_the_asker_is_asked(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    assert (case.due_at, case.next_rung_at) == (None, None)
    assert states_of(case, 400) == ["kept", "kept", "kept", "paused"]


def test_an_answer_gives_back_the_minutes_that_were_left(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    with clock.running(at(310)):
        case = actions.answer(case=case, by=ASKER, text="The left one")
    assert minutes_of(case.due_at) == 480 + 300


def test_in_working_hours_a_pause_overnight_costs_only_the_working_minutes(world: World) -> None:
    service = make_service("complaint", urgency="planned")
    with clock.running(at(400)):  # 15:40, 110 minutes before the end of the day
        case = actions.accept(case=begun(world, service=service), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which?")
    assert minutes_of(case.resolve_by) == 25 * 60  # 10:00 on Tuesday
    with clock.running(at(24 * 60)):  # 9:00 on Tuesday, half an hour after the office has opened
        case = actions.answer(case=case, by=ASKER, text="This")
    # 110 minutes of Monday and 30 of Tuesday later, the midday break left out: 14:20.
    assert minutes_of(case.resolve_by) == 29 * 60 + 20


def test_a_lateness_is_not_undone_by_asking_the_asker_afterwards(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
    with clock.running(at(500)):
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    assert states_of(case, 700)[3] == "missed"
    with clock.running(at(900)):
        case = actions.answer(case=case, by=ASKER, text="The left one")
    assert (minutes_of(case.due_at), minutes_of(case.breached_at)) == (480, 240)


def test_a_transfer_gives_the_new_agency_time_to_accept_and_the_asker_the_same_promise(world: World) -> None:
    with clock.running(at(40)):
        case = actions.transfer(case=begun(world), agency=world.water, by=SYSTEM, reason="a pipe")
    assert due_of(case) == [60, 100, 240, 480]
    assert states_of(case, 70)[0] == "kept"


def test_a_transfer_while_waiting_for_the_asker_keeps_the_pause(world: World) -> None:
    with clock.running(at(10)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    with clock.running(at(110)):
        case = actions.transfer(case=case, agency=world.water, by=SYSTEM, reason="a pipe")
    assert due_of(case)[1::2] == [170, 580]


def test_a_return_gives_triage_its_time_anew_and_nobody_an_hour_to_accept(world: World) -> None:
    with clock.running(at(30)):
        case = actions.return_to_triage(case=begun(world), by=world.ben, reason="not ours")
    assert due_of(case) == [90, None, 240, 480]
    assert minutes_of(case.due_at) == 90
    with clock.running(at(80)):
        case = actions.assign(case=case, agency=world.water, by=SYSTEM)
    assert due_of(case) == [90, 140, 240, 480]


def test_a_reopened_case_has_the_minutes_that_were_left_when_it_was_reported_done(world: World) -> None:
    with clock.running(at(80)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.resolve(case=case, by=world.ben, reply="Done.")
    with clock.running(at(2080)):
        case = actions.reopen(case=case, by=ASKER, reason="It is not.")
    assert minutes_of(case.due_at) == 2480


def test_the_wait_for_the_askers_word_is_the_services(world: World) -> None:
    world.service.confirm_within_h = 5
    world.service.save()
    with clock.running(at(80)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.resolve(case=case, by=world.ben, reply="Done.")
    assert (case.due_at, minutes_of(case.closes_at)) == (None, 80 + 5 * 60)


def test_making_a_case_urgent_counts_from_when_the_ask_came_in_and_leaves_what_was_kept(world: World) -> None:
    with clock.running(at(30)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.set_priority(case=case, priority=Priority.URGENT, by=SYSTEM)
    assert due_of(case) == [60, 60, 60, 120]
    assert states_of(case, 40) == ["kept", "kept", "running", "running"]


def test_making_a_case_urgent_brings_the_rungs_that_it_jumped_over(world: World) -> None:
    with clock.running(at(55)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.set_priority(case=case, priority=Priority.URGENT, by=SYSTEM)
    assert minutes_of(case.next_rung_at) == 30  # half of the sixty minutes until the first reply


def test_making_a_case_urgent_while_the_asker_is_asked_does_not_start_the_clock(world: World) -> None:
    with clock.running(at(30)):
        case = actions.accept(case=begun(world), by=world.ben)
        case = actions.hold(case=case, by=world.ben, question="Which door?")
        case = actions.set_priority(case=case, priority=Priority.URGENT, by=SYSTEM)
    assert (case.due_at, minutes_of(case.resolve_by)) == (None, 120)


def test_the_next_rung_is_half_of_what_falls_due_first_and_a_late_promise_climbs_on(world: World) -> None:
    case = begun(world)
    assert minutes_of(case.next_rung_at) == 30
    runs = runs_of(case, at(70)())
    assert minutes_of(next_rung(runs, (50, 80, 100, 150), at(70)())) == 90
    assert minutes_of(next_rung(runs, (50, 80, 100, 150), at(90)())) == 120  # half of the first reply's


def test_the_rungs_of_the_ladder_are_those_that_are_active(world: World) -> None:
    Rung.objects.all().delete()
    Rung.objects.create(percent=10, whom="owner")
    Rung.objects.create(percent=5, whom="owner", is_active=False)
    assert minutes_of(begun(world).next_rung_at) == 6


def test_a_rung_that_came_in_the_moment_of_a_move_is_not_lost(world: World) -> None:
    case = begun(world)
    with clock.running(at(31)):  # the rung of minute 30 has not been seen by the worker yet
        case = actions.transfer(case=case, agency=world.water, by=SYSTEM, reason="r")
    assert minutes_of(case.next_rung_at) == 31 + 30
    with clock.running(at(121)):  # neither has that of the first reply
        Case.objects.filter(pk=case.pk).update(next_rung_at=at(120)())
        case = actions.accept(case=case, by=SYSTEM)
    assert minutes_of(case.next_rung_at) == 120


def test_how_much_of_a_promise_is_used_stops_when_it_is_kept(world: World) -> None:
    with clock.running(at(30)):
        case = actions.accept(case=begun(world), by=world.ben)
    accept, reply = runs_of(case, at(60)())[1:3]
    assert (accept.percent(at(60)()), reply.percent(at(60)())) == (50, 25)


def test_a_promise_that_has_not_begun_reaches_no_share(world: World) -> None:
    run = runs_of(begun(world, status=Status.TRIAGE, service=None), MONDAY)[1]
    assert run.percent(MONDAY) == 0
    with pytest.raises(ValueError, match="accept has not begun"):
        run.at_percent(50)


# --- Any order of moves ------------------------------------------------------------------------------

Deed = Callable[[Case, World], Case]
DEEDS: dict[str, Deed] = {
    "accept": lambda case, world: actions.accept(case=case, by=SYSTEM),
    "hold": lambda case, world: actions.hold(case=case, by=SYSTEM, question="?"),
    "answer": lambda case, world: actions.answer(case=case, by=ASKER, text="!"),
    "resume": lambda case, world: actions.resume(case=case, by=SYSTEM),
    "resolve": lambda case, world: actions.resolve(case=case, by=SYSTEM, reply="."),
    "confirm": lambda case, world: actions.confirm(case=case, by=ASKER),
    "reopen": lambda case, world: actions.reopen(case=case, by=ASKER, reason="no"),
    "transfer": lambda case, world: actions.transfer(
        case=case,
        agency=world.water if case.agency_id == world.grid.pk else world.grid,
        by=SYSTEM,
        reason="r",
    ),
    "return_to_triage": lambda case, world: actions.return_to_triage(case=case, by=SYSTEM, reason="r"),
    "assign": lambda case, world: actions.assign(case=case, agency=world.grid, by=SYSTEM),
}
POSSIBLE: dict[str, list[str]] = {
    Status.TRIAGE: ["assign"],
    Status.WAITING: ["accept", "transfer", "return_to_triage"],
    Status.ACCEPTED: ["hold", "resolve", "transfer", "return_to_triage"],
    Status.WORKING: ["hold", "resolve", "transfer"],
    Status.HOLD: ["answer", "resume", "transfer"],
    Status.RESOLVED: ["confirm", "reopen"],
    Status.CLOSED: ["reopen"],
    Status.REOPENED: ["hold", "resolve", "transfer"],
    Status.RETURNED: ["assign"],
}
CLASSES = {"always": "general", "working": "planned"}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["always", "working"]),
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 700)), min_size=1, max_size=10),
)
def test_no_order_of_moves_runs_a_clock_backwards_loses_a_pause_or_counts_twice(
    world: World, calendar: str, chosen: list[tuple[int, int]]
) -> None:
    with transaction.atomic():
        _live_through(world, calendar, chosen)
        transaction.set_rollback(True)


def _live_through(world: World, calendar: str, chosen: list[tuple[int, int]]) -> None:
    world.service.urgency = CLASSES[calendar]
    world.service.save()
    case = begun(world, status=Status.TRIAGE, agency=None)
    now, history = 0, []
    for number, gap in chosen:
        now += gap
        # One that comes back twice lies with the joint check, which decides on it by verbs of its own.
        again = {"return_to_triage"} if case.returned_count else set()
        verbs = [verb for verb in POSSIBLE[case.status] if verb not in again]
        verb = verbs[number % len(verbs)]
        before = case
        with clock.running(at(now)):
            case = DEEDS[verb](case, world)
        history.append((now, verb))
        _check(case, slowly.live(history), calendar, now)
        _check_no_step_back(before, case)


def _check(case: Case, life: slowly.Life, calendar: str, now: int) -> None:
    """Compare every promise, the state, the next due date and the next rung with what is counted by hand."""
    due, rungs = [], []
    for run, promised in zip(runs_of(case, at(now)()), AGREED["normal"], strict=True):
        one = life.clocks[run.promise]
        counted = [
            slowly.due(life, run.promise, promised * share, lambda m: counts(calendar, at(m)()))
            for share in (0.5, 0.8, 1, 1.5)
        ]
        if one.done is None:
            assert minutes_of(getattr(case, f"{run.promise}_by")) == counted[2]
        assert minutes_of(run.done_at) == one.done
        if one.done is None and counted[2] is not None and not life.stands:
            due.append(counted[2])
            rungs += [rung for rung in counted if rung is not None and rung > now]
            assert run.state == ("missed" if counted[2] < now else "running")
    assert minutes_of(case.due_at) == min(due, default=None)
    if case.next_rung_at is not None and case.next_rung_at > at(now)():
        assert minutes_of(case.next_rung_at) == min(rungs)
    assert (case.next_rung_at is None) == (not rungs) or case.next_rung_at <= at(now)()


def _check_no_step_back(before: Case, case: Case) -> None:
    """The promises to the asker never come nearer; what has failed stays failed."""
    for name in ("reply_by", "resolve_by"):
        assert getattr(case, name) >= getattr(before, name)
    assert before.breached_at in (None, case.breached_at)
