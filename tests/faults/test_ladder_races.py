"""Two workers on one ladder, and one that is killed on it: each rung is climbed once, each person told once."""

import os
import signal

import pytest
from django.db import connection

from bihuan.kernel import clock
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.ladder import climbing, watch
from bihuan.spine.cases.models import Case, Climb, Silence
from bihuan.spine.messages.models import Message
from tests.faults.test_case_races import at_once
from tests.spine.cases.known import make_world
from tests.spine.cases.ladder.desk import at, begun, rota

pytestmark = pytest.mark.django_db(transaction=True)
CASES = 30


def climb_until_nothing_is_due() -> int:
    done = 0
    while looked := climbing.climb_due(limit=7):
        done += looked
    return done


def test_two_workers_climb_each_rung_once_and_tell_each_person_once() -> None:
    world = make_world()
    rota(world)
    for _ in range(CASES):
        begun(world)
    with clock.running(at(30)):
        at_once(*[climb_until_nothing_is_due] * 3)
        assert not climbing.due(clock.now()).exists()
    assert Climb.objects.count() == CASES
    assert Event.objects.filter(verb="climbed").count() == CASES
    assert Message.objects.filter(about__startswith="staff:").count() == CASES


def test_two_workers_raise_one_alarm_for_a_silent_office() -> None:
    world = make_world()
    rota(world)
    begun(world)
    with clock.running(at(30)):
        at_once(*[watch.watch] * 3)
    assert Silence.objects.count() == Event.objects.filter(verb="silent").count() == 1
    assert Message.objects.filter(template="silent").count() == 1


def test_a_worker_killed_between_climbing_and_telling_leaves_the_case_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world()
    rota(world)
    case = begun(world)
    with clock.running(at(30)):
        _climb_in_a_child_that_is_killed(monkeypatch)
        assert (Climb.objects.count(), Message.objects.count()) == (0, 0)
        assert Case.objects.get(pk=case.pk).next_rung_at == at(30)()
        assert climbing.climb_due() == 1
    assert (Climb.objects.count(), Message.objects.filter(about__startswith="staff:").count()) == (1, 1)


def _climb_in_a_child_that_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a process of its own climb, and kill it after it has written its rows and before it commits."""
    connection.close()
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(climbing, "_tell", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        climbing.climb_due()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
