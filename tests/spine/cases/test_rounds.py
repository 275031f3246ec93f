"""The worker's rounds, by a clock that stands still until told."""

import logging

import pytest
from django.db import IntegrityError, OperationalError, connection

from bihuan.spine.cases import rounds
from bihuan.spine.cases.models import Figures, Service
from bihuan.spine.cases.registry import registry
from bihuan.spine.cases.rounds import Rounds, Step
from tests.spine.cases.known import World


class Watch:
    """Shows seconds."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Work:
    """Something to do: counts how often it was done, and takes as long and fails as told."""

    def __init__(self, watch: Watch, takes_s: float = 0.0) -> None:
        self.times = 0
        self.error: Exception | None = None
        self.takes_s = takes_s
        self._watch = watch

    def __call__(self) -> int:
        self.times += 1
        self._watch.now_s += self.takes_s
        if self.error:
            raise self.error
        return 1


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_each_step_is_done_in_order_and_their_work_is_counted(watch: Watch) -> None:
    done: list[str] = []
    todo = [Step(name, lambda name=name: done.append(name) or 2) for name in ("a", "b")]
    assert Rounds(todo, watch).round() == 4
    assert done == ["a", "b"]


def test_a_step_that_fails_keeps_no_other_from_its_work(watch: Watch) -> None:
    bad, good = Work(watch), Work(watch)
    bad.error = RuntimeError("broken")
    turn = Rounds([Step("bad", bad), Step("good", good)], watch)
    assert turn.round() == 1
    assert (good.times, turn.has_failed) == (1, True)


def test_a_step_that_fails_again_and_again_is_tried_less_and_less_but_never_given_up(watch: Watch) -> None:
    work = Work(watch)
    work.error = RuntimeError("broken")
    step = Step("bad", work)
    waits = []
    for _ in range(8):
        watch.now_s = step.due_s
        step.go(watch)
        waits.append(step.due_s - watch.now_s)
    assert work.times == 8
    assert waits == sorted(waits)
    assert waits[-1] == rounds.LONGEST_WAIT_S == waits[-2]


def test_a_step_that_works_again_is_as_good_as_new(watch: Watch) -> None:
    work = Work(watch)
    work.error = RuntimeError("broken")
    turn = Rounds([Step("work", work)], watch)
    turn.round()
    work.error = None
    watch.now_s += rounds.LONGEST_WAIT_S
    assert turn.round() == 1
    assert not turn.has_failed


def test_the_log_tells_the_whole_story_once(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    work = Work(watch)
    work.error = RuntimeError("broken")
    step = Step("work", work)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            watch.now_s = step.due_s
            step.go(watch)
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False]


def test_a_step_is_not_done_more_often_than_it_should(watch: Watch) -> None:
    work = Work(watch)
    turn = Rounds([Step("work", work, every_s=3)], watch)
    turn.round()
    watch.now_s += 2.9
    assert turn.round() == 0
    watch.now_s += 0.1
    assert turn.round() == 1


def test_counting_that_takes_long_is_done_less_often(watch: Watch) -> None:
    work = Work(watch, takes_s=2.0)
    turn = Rounds([Step("figures", work, every_s=3, share=0.2)], watch)
    began = watch.now_s
    while work.times < 6:
        watch.now_s += 0.1
        turn.round()
    assert work.times * work.takes_s / (watch.now_s - began) <= 0.25


def test_told_to_stop_it_finishes_the_step_in_hand_and_begins_no_other(watch: Watch) -> None:
    second = Work(watch)
    turn = Rounds([], watch)
    turn.todo += [Step("first", turn.stopping.set), Step("second", second)]
    turn.run()
    assert second.times == 0


@pytest.mark.django_db(transaction=True)
def test_after_a_fault_of_the_database_the_next_step_has_a_connection_of_its_own(watch: Watch) -> None:
    work = Work(watch)
    work.error = OperationalError("server closed the connection")
    connection.ensure_connection()
    Step("work", work).go(watch)
    assert connection.connection is None
    assert Figures.objects.count() == 0


@pytest.mark.django_db
def test_the_heartbeat_says_when_the_worker_last_lived() -> None:
    rounds.beat()
    assert Figures.objects.get(name="worker").counted_at is not None


def test_services_of_a_line_are_offered_once_there_are_agencies(world: World) -> None:
    rounds.offer_services()
    assert set(Service.objects.values_list("code", flat=True)) >= set(registry.services)


@pytest.mark.django_db
def test_without_agencies_no_service_is_offered() -> None:
    rounds.offer_services()
    assert not Service.objects.exists()


def test_everything_a_worker_does_has_a_step() -> None:
    names = [step.name for step in rounds.steps()]
    wanted = [
        "heartbeat",
        "services",
        "triage",
        "breached",
        "ladder",
        "watch",
        "close",
        "send",
        "seal",
        "figures",
    ]
    assert [name for name in names if name in wanted] == wanted


def test_a_row_that_the_database_refuses_is_not_repeated_in_the_log(
    watch: Watch, caplog: pytest.LogCaptureFixture
) -> None:
    work = Work(watch)
    work.error = IntegrityError("the value is null\nDETAIL: Failing row contains (7, Wang lives in flat 5).")
    with caplog.at_level(logging.WARNING):
        Rounds([Step("triage", work)], watch).round()
    assert "the value is null" in caplog.text
    assert "Wang" not in caplog.text
