"""Two people at once on one Case, each with a connection of their own: one wins, the other is told who."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

import pytest
from django.db import connection
from django.utils import translation

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.audit.actions import ASKER, SYSTEM
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Assignment, Case, Pause
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import World, make_case, make_world

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@dataclass
class Outcome:
    """What came of deeds done at once."""

    done: list[object] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)


def at_once(*deeds: Callable[[], object]) -> Outcome:
    """Do all deeds at the same moment in threads; a deadlock or a database error is kept as broken."""
    outcome = Outcome()
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait()
            with translation.override("en"):
                outcome.done.append(deed())
        except Refused as refused:
            outcome.refused.append(refused)
        except BaseException as error:
            outcome.broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not outcome.broken, outcome.broken
    return outcome


def repeated(test: Callable[[World], None]) -> Callable[[World], None]:
    """Try a race several times over: once proves little."""

    @wraps(test)
    def each(world: World) -> None:
        for _ in range(ROUNDS):
            test(world)

    return each


@pytest.fixture
def world() -> World:
    return make_world()


@repeated
def test_of_two_officers_who_accept_at_once_one_wins_and_the_other_is_told_who(world: World) -> None:
    case = make_case(world)
    outcome = at_once(
        lambda: actions.accept(case=case, by=world.ben), lambda: actions.accept(case=case, by=world.ida)
    )
    case.refresh_from_db()
    assert len(outcome.done) == 1
    assert isinstance(outcome.refused[0], Conflict)
    assert f"No. {case.pk}: accepted by {case.officer}" in outcome.refused[0].message
    assert Event.objects.filter(case_id=case.pk, verb="accept").count() == 1


@repeated
def test_of_hold_and_resolve_at_once_one_wins(world: World) -> None:
    case = make_case(world, Status.WORKING)
    outcome = at_once(
        lambda: actions.hold(case=case, by=world.ben, question="which door?"),
        lambda: actions.resolve(case=case, by=world.ida, reply="done"),
    )
    case.refresh_from_db()
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    assert isinstance(outcome.refused[0], Conflict)
    assert Pause.objects.filter(case=case).count() == (case.status == Status.HOLD)
    assert case.notes.count() == 1


@repeated
def test_two_cases_merged_into_each_other_at_once_end_as_one(world: World) -> None:
    a, b = make_case(world), make_case(world)
    outcome = at_once(
        lambda: actions.merge(case=a, into=b, by=world.olga),
        lambda: actions.merge(case=b, into=a, by=world.olga),
    )
    a.refresh_from_db()
    b.refresh_from_db()
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    gone, stays = (a, b) if a.merged_into_id else (b, a)
    assert (gone.merged_into, stays.merged_into, stays.askers.count()) == (stays, None, 2)


@repeated
def test_a_ring_of_three_merges_at_once_leaves_no_chain(world: World) -> None:
    a, b, c = (make_case(world) for _ in range(3))
    at_once(
        *(lambda x=x, y=y: actions.merge(case=x, into=y, by=world.olga) for x, y in [(a, b), (b, c), (c, a)])
    )
    ring = Case.objects.filter(pk__in=[a.pk, b.pk, c.pk])
    merged = ring.filter(status=Status.MERGED)
    assert 1 <= merged.count() <= 2
    assert not merged.filter(merged_into__status=Status.MERGED).exists()
    assert sum(case.askers.count() for case in ring.exclude(status=Status.MERGED)) == 3


@repeated
def test_of_two_dispatches_of_one_task_one_wins(world: World) -> None:
    case = actions.accept(case=make_case(world), by=world.ben)
    task = actions.add_task(case=case, title="look", by=world.ben)
    outcome = at_once(
        lambda: actions.dispatch(task=task, by=world.ben, team=world.team),
        lambda: actions.dispatch(task=task, by=world.ida, person=world.cleo),
    )
    assert (len(outcome.done), len(outcome.refused)) == (1, 1)
    sent = Assignment.objects.get(task=task)
    assert (
        f"{(sent.team.name_en if sent.team else sent.person)} is already on the way"
        in outcome.refused[0].message
    )


@repeated
def test_the_askers_yes_and_no_at_once_leave_one_of_both(world: World) -> None:
    case = actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")
    outcome = at_once(
        lambda: actions.confirm(case=case, by=ASKER),
        lambda: actions.reopen(case=case, by=ASKER, reason="no"),
    )
    case.refresh_from_db()
    # A closed Case may be reopened, so the no may come second and still count; never the yes.
    verbs = list(
        Event.objects.filter(case_id=case.pk, verb__in=["confirm", "reopen"]).values_list("verb", flat=True)
    )
    assert len(outcome.done) == len(verbs)
    assert case.status == (Status.CLOSED if verbs == ["confirm"] else Status.REOPENED)


@repeated
def test_the_askers_no_and_the_end_of_the_wait_at_once_leave_the_case_open(world: World) -> None:
    case = actions.resolve(case=make_case(world, Status.WORKING), by=world.ben, reply="done")
    at_once(
        lambda: actions.close(case=case, by=SYSTEM),
        lambda: actions.reopen(case=case, by=ASKER, reason="no"),
    )
    case.refresh_from_db()
    assert (case.status, case.is_open) == (Status.REOPENED, True)


@repeated
def test_a_child_added_while_the_parent_is_resolved_is_never_overlooked(world: World) -> None:
    case = make_case(world, Status.WORKING)
    at_once(
        lambda: actions.resolve(case=case, by=world.ben, reply="done"),
        lambda: actions.add_child(
            case=case, service=world.service, agency=world.water, text="shut the valve", by=world.ida
        ),
    )
    case.refresh_from_db()
    assert case.children.exists() != (case.status == Status.RESOLVED)


@repeated
def test_of_transfer_and_accept_at_once_the_new_agency_gets_a_case_nobody_holds(world: World) -> None:
    case = make_case(world)
    outcome = at_once(
        lambda: actions.transfer(case=case, agency=world.water, by=world.max, reason="a pipe"),
        lambda: actions.accept(case=case, by=world.ben),
    )
    case.refresh_from_db()
    assert len(outcome.done) >= 1
    assert (case.agency, case.status, case.officer) == (world.water, Status.WAITING, None)
