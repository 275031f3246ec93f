"""Many at once about one vehicle, one quota, one application: with real threads, on both databases."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection

from bihuan.kernel.errors import Conflict, Refused
from bihuan.lines.passes import applying, reviewing
from bihuan.lines.passes.models import Desk, Pass
from bihuan.lines.passes.states import LIVE, Status
from tests.lines.passes.known import make_application, make_county, make_desk, make_draft
from tests.spine.cases.known import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
APPLICANTS = 200
THREADS = 20


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    world = make_world()
    make_county()
    make_desk(world)
    yield world


def race(count: int, act: Callable[[int], Any]) -> list[Any]:
    """Do something ``count`` times, twenty at once; return what came of each, refusals among it."""
    gate = Barrier(min(count, THREADS))

    def one(number: int) -> Any:
        if number < THREADS:
            gate.wait(30)
        try:
            return _patient(act, number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(count)))


def _patient(act: Callable[[int], Any], number: int) -> Any:
    while True:
        try:
            return act(number)
        except OperationalError as error:
            # SQLite lets one writer in at a time; who waited too long asks again, as a browser would.
            if "locked" not in str(error):
                raise


def test_two_hundred_applicants_for_one_vehicle_get_one_pass(world: World) -> None:
    drafts = [make_draft(plate="湘B66666", phone=f"199{n:08}") for n in range(APPLICANTS)]
    came = race(APPLICANTS, lambda n: applying.apply(draft=drafts[n], client_id=f"applicant-{n:04}"))
    assert Counter(type(one) for one in came) == {Pass: 1, Conflict: APPLICANTS - 1}
    assert Pass.objects.filter(plate="湘B66666", status__in=LIVE).count() == 1


def test_one_form_sent_twenty_times_is_one_application(world: World) -> None:
    draft = make_draft()
    came = race(THREADS, lambda n: applying.apply(draft=draft, client_id="one-form-only"))
    assert len({one.pk for one in came}) == Pass.objects.count() == 1


def test_reviewers_who_approve_the_same_issue_each_pass_once(world: World) -> None:
    ids = [make_application().pk for _ in range(10)]
    came = race(8, lambda n: reviewing.approve_many(pass_ids=ids, by=(world.ben, world.ida)[n % 2]))
    wins = Counter(one.pass_id for done in came for one in done if one.pass_)
    assert wins == dict.fromkeys(ids, 1)
    assert len(set(Pass.objects.values_list("number", flat=True))) == 10


def test_reviewers_in_a_hurry_issue_no_more_than_the_quota(world: World) -> None:
    Desk.objects.update(daily_quota=7)
    ids = [make_application().pk for _ in range(20)]
    race(20, lambda n: reviewing.approve_many(pass_ids=[ids[n]], by=world.ben))
    assert Pass.objects.filter(status=Status.ISSUED).count() == 7
