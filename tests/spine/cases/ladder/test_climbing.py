"""The rungs of the ladder, each at its instant, each once, and only to people who are on duty."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.ladder import climbing
from bihuan.spine.cases.models import Case, Climb, JointCheck, JointReason, Rung, Whom
from bihuan.spine.cases.states import Status
from bihuan.spine.messages.inbox import about
from bihuan.spine.messages.models import Message
from bihuan.spine.resources.models import Duty, Shift
from tests.spine.cases.known import World
from tests.spine.cases.ladder.desk import MINUTE, MONDAY, at, begun, climbed, rota, shift, tick, told

INSTANT = timedelta(microseconds=1)


def test_no_rung_is_climbed_before_its_instant_and_each_at_it(world: World) -> None:
    rota(world)
    case = begun(world)
    expected = [(30, 50, "duty"), (48, 80, "duty"), (60, 100, "supervisor"), (90, 150, "joint")]
    for minute, percent, whom in expected:
        before = climbed(case)
        with clock.running(lambda minute=minute: MONDAY + minute * MINUTE - INSTANT):
            assert climbing.climb_due() == 0
        assert climbed(case) == before
        assert tick(minute) == 1
        assert climbed(case)[-1] == ("accept", percent, whom)


def test_between_two_rungs_nothing_is_due(world: World) -> None:
    rota(world)
    case = begun(world)
    tick(30)
    case.refresh_from_db()
    assert case.next_rung_at == at(48)()
    assert [tick(minute) for minute in (31, 40, 47)] == [0, 0, 0]


def test_each_promise_climbs_by_itself(world: World) -> None:
    rota(world)
    case = begun(world)
    with clock.running(at(1)):
        actions.accept(case=case, by=world.ben)
    # Reply within 240 minutes and resolve within 480 go on; accepting is kept.
    assert [tick(120), tick(192), tick(240)] == [1, 1, 1]
    assert climbed(case) == [
        ("reply", 50, "owner"), ("reply", 80, "duty"), ("reply", 100, "supervisor"), ("resolve", 50, "owner"),
    ]  # fmt: skip


def test_the_officer_of_the_case_is_told_while_on_duty_and_else_whoever_is(world: World) -> None:
    shift(world.grid, world.ben, until=200)
    shift(world.grid, world.ida, since=200)
    case = begun(world)
    with clock.running(at(1)):
        actions.accept(case=case, by=world.ben)
    tick(120)
    tick(240)
    assert (told(world.ben), told(world.ida)) == (1, 2)
    second = Climb.objects.get(promise="resolve", percent=50)
    assert (second.meant, second.whom, second.told) == ("owner", "duty", [world.ida.pk])


def test_a_rung_that_finds_nobody_goes_on_to_the_next_at_once_and_says_so(world: World) -> None:
    shift(world.grid, world.sam, Duty.SUPERVISOR)
    case = begun(world)
    tick(30)
    climb = Climb.objects.get(case=case)
    assert (climb.meant, climb.whom, climb.told) == ("duty", "supervisor", [world.sam.pk])
    assert "值班人员" in Message.objects.get(about=about(world.sam)).body


def test_where_nobody_is_on_duty_up_to_the_top_the_climb_says_so_and_nobody_is_told(world: World) -> None:
    case = begun(world)
    tick(48)
    assert list(Climb.objects.values_list("percent", "told")) == [(50, []), (80, [])]
    assert not Message.objects.filter(about__startswith="staff:").exists()
    case.refresh_from_db()
    assert case.joint_since is None


def test_a_late_case_with_nobody_on_duty_goes_to_the_joint_check_at_once(world: World) -> None:
    case = begun(world)
    tick(60)
    case.refresh_from_db()
    assert case.joint_since == at(60)()
    assert JointCheck.objects.get().reason == JointReason.LATE


def test_the_last_rung_puts_the_case_before_the_joint_check_once(world: World) -> None:
    rota(world)
    case = begun(world)
    for minute in (30, 48, 60, 90, 120, 192, 240, 360):
        tick(minute)
    case.refresh_from_db()
    check = JointCheck.objects.get()
    assert (check.case_id, check.reason, check.opened_at) == (case.pk, JointReason.LATE, at(90)())
    assert case.joint_since == at(90)()
    assert case.status == Status.WAITING


def test_when_the_worker_was_away_each_person_hears_once_of_each_promise(world: World) -> None:
    rota(world)
    case = begun(world)
    tick(85)
    assert [percent for _, percent, _ in climbed(case)] == [50, 80, 100]
    assert (told(world.ben), told(world.sam)) == (1, 1)
    assert "80" in Message.objects.get(about=about(world.ben)).body


def test_a_pause_puts_off_the_rungs_that_are_left_and_tells_nobody_twice(world: World) -> None:
    rota(world)
    case = begun(world)
    with clock.running(at(1)):
        case = actions.accept(case=case, by=world.ben)
    with clock.running(at(2)):
        actions.reply(case=case, by=world.ben, reply="We come.")
    tick(240)
    with clock.running(at(250)):
        case = actions.hold(case=case, by=world.ben, question="Which door?")
    assert tick(500) == 0
    with clock.running(at(1250)):
        actions.answer(case=case, by=ASKER, text="The left one")
    assert tick(384 + 1000 - 1) == 0
    assert tick(384 + 1000) == 1
    assert [(promise, percent) for promise, percent, _ in climbed(case)] == [("resolve", 50), ("resolve", 80)]


def test_a_transfer_begins_the_agencys_rungs_anew_and_not_the_askers(world: World) -> None:
    rota(world)
    shift(world.water, world.eve)
    case = begun(world)
    tick(30)
    tick(48)
    with clock.running(at(50)):
        actions.transfer(case=case, agency=world.water, by=world.max, reason="pipes")
    tick(80)
    assert (told(world.ben), told(world.eve)) == (2, 1)
    tick(120)
    promises = [(promise, percent) for promise, percent, _ in climbed(case)]
    assert promises == [
        ("accept", 50),
        ("accept", 80),
        ("accept", 50),
        ("accept", 80),
        ("accept", 100),
        ("reply", 50),
    ]


def test_a_case_that_becomes_urgent_climbs_what_it_has_passed_by_that(world: World) -> None:
    rota(world)
    case = begun(world)
    with clock.running(at(14)):
        actions.set_priority(case=case, priority="urgent", by=world.max)
    tick(14)
    assert [(promise, percent) for promise, percent, _ in climbed(case)] == [("accept", 50), ("accept", 80)]


def test_an_ended_case_climbs_no_more(world: World) -> None:
    rota(world)
    case = begun(world)
    with clock.running(at(10)):
        actions.decline(case=case, by=SYSTEM, reason="no")
    assert [tick(minute) for minute in (30, 60, 500)] == [0, 0, 0]


def test_a_climb_leaves_its_event_without_anything_personal(world: World) -> None:
    rota(world)
    case = begun(world)
    tick(30)
    event = Event.objects.get(verb="climbed")
    assert event.case_id == case.pk
    assert event.detail["rungs"] == [
        {"promise": "accept", "percent": 50, "whom": "duty", "told": [world.ben.pk]}
    ]
    assert event.detail["set"]["next_rung_at"] == at(48)().isoformat()


def test_rungs_of_the_table_are_climbed_and_a_new_share_counts_from_when_it_was_made(world: World) -> None:
    rota(world)
    case = begun(world)
    Rung.objects.create(percent=25, whom=Whom.SUPERVISOR, since=at(20)())
    Rung.objects.create(percent=40, whom=Whom.SUPERVISOR)
    Case.objects.update(next_rung_at=at(24)())
    tick(24)
    assert climbed(case) == [("accept", 40, "supervisor")]


def test_a_case_that_cannot_be_dealt_with_is_put_off_and_keeps_no_other_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    rota(world)
    broken, other = begun(world), begun(world)
    plain = climbing.runs_of

    def breaks(case: Case, now: object) -> object:
        if case.pk == broken.pk:
            raise ValueError("a calendar that never opens")
        return plain(case, now)  # type: ignore[arg-type]

    monkeypatch.setattr(climbing, "runs_of", breaks)
    tick(30)
    assert climbed(other) == [("accept", 50, "duty")]
    broken.refresh_from_db()
    assert broken.next_rung_at is not None and broken.next_rung_at > at(39)()


def test_what_is_due_is_found_by_an_index(world: World) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "case_rung" in climbing.due(MONDAY).explain()


# --- Nobody off duty is ever told -----------------------------------------------------------------------------------

span = st.tuples(st.integers(0, 700), st.integers(1, 400), st.sampled_from(["ben", "ida", "sam", "olga", "max"]),
                 st.sampled_from(list(Duty)), st.sampled_from(["grid", "city"]))  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(span, max_size=12),
    accepted=st.none() | st.integers(1, 300),
    ticks=st.lists(st.integers(1, 800), min_size=1, max_size=10, unique=True),
    closed=st.none() | st.sampled_from(["ben", "sam", "max"]),
)
def test_nobody_off_duty_is_ever_told(
    world: World,
    spans: list[tuple[int, int, str, Duty, str]],
    accepted: int | None,
    ticks: list[int],
    closed: str | None,
) -> None:
    Shift.objects.all().delete()
    Message.objects.all().delete()
    User.objects.update(is_active=True)
    User.objects.filter(username=closed).update(is_active=False)
    for since, minutes, person, duty, agency in spans:
        shift(getattr(world, agency), getattr(world, person), duty, since, since + minutes)
    case = begun(world)
    if accepted is not None:
        with clock.running(at(accepted)):
            case = actions.accept(case=case, by=SYSTEM)
        Case.objects.filter(pk=case.pk).update(officer=world.ben)
    for minute in sorted(ticks):
        seen = set(Message.objects.values_list("pk", flat=True))
        tick(minute)
        on = {
            person
            for since, minutes, person, *_ in spans
            if since <= minute < since + minutes and person != closed
        }
        allowed = {about(getattr(world, person)) for person in on}
        new = Message.objects.exclude(pk__in=seen).filter(about__startswith="staff:")
        assert set(new.values_list("about", flat=True)) <= allowed
