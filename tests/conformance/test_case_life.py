"""Whatever anybody does in whatever order, a Case stays inside the table of moves."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions, queries
from bihuan.spine.cases.models import LIVE, Assignment, Case, Task
from bihuan.spine.cases.states import ENDED, MOVES, Status
from tests.spine.cases.known import NOON, make_case, make_service, make_world

PEOPLE = ("ben", "eve", "dan", "olga", "sam", "max", "cleo")
ACTORS = {"asker": ASKER, "system": SYSTEM}
WORDS = {"reason": "x", "question": "x", "reply": "x", "text": "x", "title": "x"}


class Life(RuleBasedStateMachine):
    """Random people do random things to three Cases while time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.now = NOON

    @initialize()
    def begin(self) -> None:
        self.stack.enter_context(clock.running(lambda: self.now))
        self.stack.enter_context(rolled_back())
        self.world = make_world()
        self.other = make_service("water_leak")
        self.cases = [make_case(self.world, Status.TRIAGE), make_case(self.world), make_case(self.world)]
        self.before = {case.pk: case.status for case in self.cases}

    def teardown(self) -> None:
        self.stack.close()

    @rule(minutes=st.integers(0, 60 * 24 * 5))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(
        verb=st.sampled_from(
            ["accept", "return_to_triage", "hold", "resume", "resolve", "decline", "note", "answer", "say", "confirm",
             "reopen", "withdraw", "close", "assign", "transfer", "reclassify", "set_priority", "add_task",
             "add_child", "merge"]
        ),
        place=st.integers(0, 5), who=st.sampled_from([*PEOPLE, *ACTORS]), agency=st.sampled_from(["grid", "water"]),
        into=st.integers(0, 2),
    )  # fmt: skip
    def somebody_acts(self, verb: str, place: int, who: str, agency: str, into: int) -> None:
        case = self.cases[place % len(self.cases)]
        by = ACTORS.get(who) or getattr(self.world, who)
        given = {
            "agency": getattr(self.world, agency), "service": self.other, "priority": "urgent",
            "into": self.cases[into], **WORDS,
        }  # fmt: skip
        action = getattr(actions, verb)
        wanted = action.__wrapped__.__kwdefaults__ or {}
        names = set(action.__wrapped__.__annotations__) - {"case", "by", "return", *wanted}
        self._try(lambda: action(case=case, by=by, **{name: given[name] for name in names}), who)

    @rule(verb=st.sampled_from(["arrive", "finish", "cancel"]), who=st.sampled_from(["ben", "cleo", "eve"]))
    def somebody_reports(self, verb: str, who: str) -> None:
        sent = Assignment.objects.order_by("-id").first()
        if sent:
            by = getattr(self.world, who)
            self._try(lambda: getattr(actions, verb)(assignment=sent, by=by), who)

    @rule(place=st.integers(0, 3), is_team=st.booleans())
    def somebody_is_sent(self, place: int, is_team: bool) -> None:
        tasks = list(Task.objects.order_by("id"))
        if tasks:
            whom: dict[str, Any] = {"team": self.world.team} if is_team else {"person": self.world.cleo}
            task = tasks[place % len(tasks)]
            self._try(lambda: actions.dispatch(task=task, by=self.world.ben, **whom), "ben")

    def _try(self, deed: Any, who: str) -> None:
        count = Event.objects.count()
        try:
            deed()
        except Refused as refused:
            assert str(refused.message)
            assert Event.objects.count() == count
            return
        self.cases = list(Case.objects.order_by("id").select_related("agency", "service"))
        new = list(Event.objects.order_by("-id")[: Event.objects.count() - count])
        touched = [event.case_id for event in new]
        assert len(new) >= 1
        assert len(touched) == len(set(touched)), "one Event for each Case that was touched"
        assert all(who in ACTORS or event.actor or event.actor_kind == "system" for event in new)
        for case in self.cases:
            self._check_way(case, new)

    def _check_way(self, case: Case, new: list[Event]) -> None:
        was = self.before.get(case.pk)
        self.before[case.pk] = case.status
        if was is None or was == case.status:
            return
        verb = next(event.verb for event in new if event.case_id == case.pk)
        assert was in MOVES[verb].sources
        assert case.status == MOVES[verb].target

    @invariant()
    def cases_are_whole(self) -> None:
        for case in getattr(self, "cases", []):
            fresh = Case.objects.get(pk=case.pk)
            assert fresh.is_open == (fresh.status not in ENDED)
            assert (fresh.ended_at is None) == fresh.is_open
            assert bool(fresh.outcome) != fresh.is_open
            assert (fresh.closes_at is not None) == (fresh.status == Status.RESOLVED)
            assert fresh.due_at is None or fresh.status not in ENDED | {Status.RESOLVED, Status.HOLD}
            check_pauses(fresh)
            check_work(fresh)

    @invariant()
    def stories_can_be_told(self) -> None:
        for case in getattr(self, "cases", []):
            assert queries.history(case)
            assert all("%" not in step.words for step in queries.story(case))


def check_pauses(case: Case) -> None:
    spans = list(case.pauses.order_by("from_at", "id").values_list("from_at", "until_at"))
    running = [span for span in spans if span[1] is None]
    assert len(running) == (case.status == Status.HOLD)
    assert all(until is None or start <= until for start, until in spans)
    far = datetime.max.replace(tzinfo=NOON.tzinfo)
    assert all((one[1] or far) <= other[0] for one, other in pairwise(spans))


def check_work(case: Case) -> None:
    live = Assignment.objects.filter(task__case=case, status__in=LIVE)
    if case.status in ENDED | {Status.RESOLVED, Status.WAITING, Status.RETURNED}:
        assert not live.exists()
    for task in case.tasks.all():
        assert task.assignments.filter(status__in=LIVE).count() == (task.status == "going")


@contextmanager
def rolled_back() -> Iterator[None]:
    """Leave nothing of what is done inside in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_english")
def test_no_sequence_of_actions_leaves_the_table() -> None:
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
