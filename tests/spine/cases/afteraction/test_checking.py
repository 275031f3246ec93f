"""The live tables say what the audit says."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases import actions, deadlines
from bihuan.spine.cases.afteraction.checking import check_tables
from bihuan.spine.cases.models import LIVE, Assignment, Case, Pause, Task
from bihuan.spine.cases.states import VERBS as MOVES_AND_DEEDS
from bihuan.spine.cases.states import Status
from tests.conformance.test_case_life import WORDS
from tests.spine.cases.known import NOON, World, make_case, make_service

# What keeps a Case going, tried more often than what ends it.
ENDING = ("decline", "withdraw", "merge", "confirm", "close")
VERBS = (
    *("accept", "assign", "return_to_triage", "hold", "resume", "answer", "resolve", "reopen", "transfer") * 3,
    *("reclassify", "set_priority", "add_task", "add_task", "note") * 2,
    *ENDING, "add_child",
)  # fmt: skip


def faults() -> list[str]:
    return [str(fault) for fault in check_tables()]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


NAMES = {"add_child": "child"}


class Walk:
    """People do things at random to a few Cases while time passes and the worker looks at the clocks."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random, self.done = world, Random(seed), 0
        self.other = make_service("water_leak")
        for status in (Status.TRIAGE, *[Status.WAITING] * 5):
            make_case(world, status)
        first, second = Case.objects.filter(status=Status.WAITING).order_by("id")[:2]
        actions.add_task(case=actions.accept(case=first, by=SYSTEM), title="x", by=SYSTEM)
        actions.hold(case=actions.accept(case=second, by=SYSTEM), question="?", by=SYSTEM)

    def step(self) -> None:
        world, choose = self.world, self.random.choice
        cases = Case.objects.order_by("id").select_related("agency", "service", "officer")
        # What has ended is seldom touched.
        case = choose(
            list(cases.filter(is_open=True) if self.random.random() < 0.9 else cases) or list(cases)
        )
        deeds = [self._act, self._act, self._act, self._send, self._report, self._watch]
        try:
            choose(deeds)(case, choose([world.ben, ASKER, *[SYSTEM] * 6]))
            self.done += 1
        except Refused:
            pass

    def _act(self, case: Case, by: object) -> None:
        possible = [verb for verb in VERBS if case.status in MOVES_AND_DEEDS[NAMES.get(verb, verb)].sources]
        verb = self.random.choice(possible)
        others = Case.objects.exclude(pk=case.pk).order_by("id")
        given = {
            "agency": self.random.choice([self.world.grid, self.world.water]), "service": self.other,
            "priority": self.random.choice(["urgent", "normal"]), "into": self.random.choice(list(others)), **WORDS,
        }  # fmt: skip
        action = getattr(actions, verb)
        names = set(action.__wrapped__.__annotations__) - {"case", "by", "return"}
        names -= set(action.__wrapped__.__kwdefaults__ or {})
        action(case=case, by=by, **{name: given[name] for name in names})

    def _send(self, case: Case, by: object) -> None:
        task = Task.objects.filter(status="todo", case__is_open=True).order_by("id").first()
        if task:
            actions.dispatch(task=task, by=SYSTEM, team=self.world.team)

    def _report(self, case: Case, by: object) -> None:
        sent = Assignment.objects.filter(status__in=LIVE).order_by("id").first()
        if sent:
            getattr(actions, self.random.choice(["arrive", "finish", "cancel"]))(assignment=sent, by=SYSTEM)

    def _watch(self, case: Case, by: object) -> None:
        deadlines.mark_breached()
        deadlines.close_waited_out()


@pytest.mark.parametrize("seed", range(3))
def test_after_any_walk_of_actions_the_audit_tells_the_tables(world: World, seed: int) -> None:
    now = NOON
    with clock.running(lambda: now):
        walk = Walk(world, seed)
        for _ in range(120):
            now += timedelta(minutes=walk.random.randint(0, 300))
            walk.step()
    assert walk.done > 20
    assert faults() == []


def test_a_case_written_past_the_audit_is_named_with_its_column(world: World) -> None:
    case = make_case(world)
    Case.objects.filter(pk=case.pk).update(priority="urgent")
    assert faults() == [
        f"case {case.pk}: case {case.pk} priority: the table has 'urgent', the audit 'normal'"
    ]


def test_a_case_put_into_the_table_alone_is_a_fault(world: World) -> None:
    case = Case.objects.create(
        service=world.service,
        agency=world.grid,
        status="waiting",
        channel="web",
        opened_at=NOON,
        changed_at=NOON,
    )
    assert faults() == [f"case {case.pk}: was never opened in the audit"]


def test_a_case_taken_out_of_the_table_is_a_fault(world: World) -> None:
    last = make_case(world).pk
    Event.objects.create(
        at=NOON, actor_kind="system", verb="opened", subject_type="case", case_id=last + 1,
        detail={"set": {"status": "waiting"}},
    )  # fmt: skip
    assert faults() == [f"case {last + 1}: is in the audit and not in the table"]


def test_a_task_or_pause_that_no_event_tells_of_is_a_fault(world: World) -> None:
    case = make_case(world)
    Pause.objects.create(case=case, from_at=NOON)
    Task.objects.create(case=case, title="x", created_at=NOON)
    (fault,) = faults()
    assert "pause" in fault
    assert "no such row" in fault


def test_free_words_and_positions_may_change_without_a_fault(world: World) -> None:
    case = make_case(world)
    Case.objects.filter(pk=case.pk).update(summary="[…]", place="[…]", lon=1.0)
    assert faults() == []


def test_a_case_that_is_moved_while_it_is_looked_at_is_looked_at_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bihuan.spine.cases.afteraction import checking

    case, plain, moved = make_case(world), checking._live, []

    def live_then_move(low: int, high: int) -> object:
        found = plain(low, high)
        if not moved:
            moved.append(actions.accept(case=case, by=world.ben))
        return found

    monkeypatch.setattr(checking, "_live", live_then_move)
    assert faults() == []
    assert moved


def test_verify_goes_on_with_the_tables_after_the_log(world: World) -> None:
    case, out = make_case(world), StringIO()
    seal_all()
    call_command("verify", stdout=out, stderr=StringIO())
    assert "The live tables equal the audit" in out.getvalue()
    Case.objects.filter(pk=case.pk).update(returned_count=7)
    with pytest.raises(CommandError, match=rf"case {case.pk}: .*returned_count: the table has 7"):
        call_command("verify", stdout=out, stderr=StringIO())
    call_command("verify", "--log-only", stdout=out, stderr=StringIO())
