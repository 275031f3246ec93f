"""Turning Submissions into Cases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import h3
import pytest
from django.db import DataError, connection

from bihuan.kernel import clock
from bihuan.spine.audit.models import ActorKind, Event
from bihuan.spine.cases import gist, triage
from bihuan.spine.cases.models import Asker, Calendar, Case, Level
from bihuan.spine.cases.promises.timetables import FOREVER
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.door.models import Submission
from bihuan.spine.messages.models import Message
from bihuan.spine.places.models import District, Site
from bihuan.spine.places.queries import forget
from tests.spine.cases.known import NOON, World, make_rule, make_service, make_submission, make_world

HERE = {"lon": 113.1, "lat": 27.8}


@pytest.fixture(autouse=True)
def _fresh_atlas() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def ruled(world: World) -> World:
    """The small city, with one rule: power failures go to the grid."""
    names = {"name_zh": "停电归供电公司", "name_en": "power to the grid"}
    make_rule(7, world.grid, service=world.service, **names)
    return world


def opened(**fields: object) -> Case:
    """Put one Submission before triage and return its Case."""
    said = make_submission(**fields)
    triage.open_cases()
    return Asker.objects.get(submission=said).case


def test_a_submission_becomes_a_case_with_the_owner_that_a_rule_names(ruled: World) -> None:
    case = opened(service="power_failure", text="停电了", channel="phone")
    assert (case.status, case.agency, case.service) == (Status.WAITING, ruled.grid, ruled.service)
    assert (case.summary, case.channel, case.owner_reason_en) == (
        "停电了",
        "phone",
        "rule 7: power to the grid",
    )


def test_what_no_rule_catches_waits_in_triage_with_a_clock(world: World) -> None:
    case = opened(text="something else")
    assert (case.status, case.agency, case.service) == (Status.TRIAGE, None, None)
    assert case.due_at is not None


def test_a_service_that_nobody_knows_goes_to_triage_too(world: World) -> None:
    assert opened(service="no_such_thing").status == Status.TRIAGE


def test_the_askers_clock_runs_from_when_the_ask_came_in(ruled: World) -> None:
    with clock.running(lambda: NOON + timedelta(minutes=30)):
        case = opened(service="power_failure", received_at=NOON)
    assert (case.opened_at, case.resolve_by) == (NOON, NOON + timedelta(minutes=480))
    assert case.accept_by == NOON + timedelta(minutes=90)


def test_the_place_is_found_from_the_point(ruled: World) -> None:
    square = [[113, 27], [114, 27], [114, 28], [113, 28], [113, 27]]
    county = District.objects.create(
        code="430211",
        name_zh="天元区",
        level="county",
        outline={"type": "Polygon", "coordinates": [square]},
    )
    case = opened(service="power_failure", site="Block 5", **HERE)
    assert (case.district, case.place, case.lon, case.lat) == (county, "Block 5", 113.1, 27.8)
    assert case.cell == h3.latlng_to_cell(27.8, 113.1, 9)


def test_a_sites_name_gives_the_case_its_position(ruled: World) -> None:
    county = District.objects.create(code="430211", name_zh="天元区", level="county")
    site = Site.objects.create(code="s", name_zh="幸福小区", kind="compound", district=county, **HERE)
    case = opened(service="power_failure", site="幸福小区")
    assert (case.site, case.district, case.lon) == (site, county, 113.1)
    assert case.cell


def test_the_submission_is_tied_to_its_case_and_marked_once(ruled: World) -> None:
    case = opened(service="power_failure")
    asker = Asker.objects.get(case=case)
    assert asker.first_case == case
    assert bytes(asker.phone_hash or b"") == bytes(asker.submission.phone_hash or b"")
    assert asker.submission.triaged_at is not None
    assert triage.open_cases() == 0


def test_an_event_tells_by_which_rule_and_from_which_submission(ruled: World) -> None:
    case = opened(service="power_failure")
    event = Event.objects.get(verb="opened")
    assert (event.case_id, event.agency_id, event.actor_kind) == (case.pk, ruled.grid.pk, ActorKind.SYSTEM)
    said = {name: event.detail[name] for name in ("status", "submission", "rule")}
    assert said == {"status": "waiting", "submission": case.askers.get().submission_id, "rule": 7}


def test_the_asker_is_told_that_the_ask_came_in(ruled: World) -> None:
    case = opened(service="power_failure", language="en")
    message = Message.objects.get(template="received")
    assert (message.case_id, message.about) == (case.pk, case.askers.get().submission.receipt)
    assert f"/r/{message.about}/" in message.body


def test_an_agency_is_told_at_once_of_what_is_urgent_only(ruled: World) -> None:
    opened(service="power_failure")
    assert not Message.objects.filter(template="agency_new").exists()
    ruled.service.danger_words = ["着火"]
    ruled.service.save()
    case = opened(service="power_failure", text="电表着火了")
    assert case.priority == Priority.URGENT
    assert Message.objects.get(template="agency_new").about == ruled.grid.code


def test_no_more_than_the_limit_is_opened_and_the_oldest_first(ruled: World) -> None:
    first, second, third = (make_submission() for _ in range(3))
    assert triage.open_cases(limit=2) == 2
    assert set(Asker.objects.values_list("submission_id", flat=True)) == {first.pk, second.pk}
    assert triage.triage_all() == 1
    assert Asker.objects.filter(submission=third).exists()


def test_a_submission_that_cannot_be_thought_through_is_put_before_a_person_alone(ruled: World) -> None:
    make_service("broken", danger_words=[{"nonsense": 1}])
    good, bad = make_submission(service="power_failure"), make_submission(service="broken", text="help")
    assert triage.open_cases() == 2
    aside = Asker.objects.get(submission=bad).case
    assert (aside.status, aside.owner_reason_en) == (Status.TRIAGE, triage.UNSORTABLE[1])
    assert Asker.objects.get(submission=good).case.status == Status.WAITING


def test_asks_are_taken_in_when_the_last_opening_of_a_calendar_is_over(ruled: World) -> None:
    once = {"2020-01-02": [["09:00", "11:00"]]}
    over = Calendar.objects.create(code="once", name_zh="一次", kind="weekly", exceptions=once)
    Level.objects.update(calendar=over)
    case = opened(service=ruled.service.code)
    assert case.agency == ruled.grid
    assert case.resolve_by == case.opened_at + FOREVER


def test_a_row_that_the_database_refuses_keeps_no_other_waiting(
    ruled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = gist.summary_of
    monkeypatch.setattr(
        gist, "summary_of", lambda said, service: None if said.text == "poison" else plain(said, service)
    )
    said = [make_submission(service="power_failure", text=text) for text in ("a", "poison", "b")]
    assert triage.open_cases() == 3
    statuses = [Asker.objects.get(submission=one).case.status for one in said]
    assert statuses == [Status.WAITING, Status.TRIAGE, Status.WAITING]
    assert Event.objects.filter(verb="opened").count() == 3


def test_a_batch_that_fails_half_way_leaves_nothing_behind(
    ruled: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(drafts: object) -> None:
        raise DataError("no more room")

    monkeypatch.setattr(triage.messages, "send_many", fail)
    said = make_submission(service="power_failure")
    with pytest.raises(DataError):
        triage.open_cases()
    said.refresh_from_db()
    assert (said.triaged_at, Case.objects.count(), Event.objects.count()) == (None, 0, 0)


def test_one_submission_can_be_opened_at_once_for_the_operator(ruled: World) -> None:
    make_submission()
    mine = make_submission(service="power_failure")
    case = triage.triage_one(mine)
    assert (case.askers.get().submission, Case.objects.count()) == (mine, 1)


def test_where_a_worker_was_quicker_its_case_is_the_one(ruled: World) -> None:
    said = make_submission(service="power_failure")
    triage.open_cases()
    assert triage.triage_one(said) == Asker.objects.get(submission=said).case
    assert Case.objects.count() == 1


def test_opening_many_takes_no_more_statements_than_opening_few(ruled: World) -> None:
    def statements(count: int) -> int:
        for _ in range(count):
            make_submission(service="power_failure")
        with CountQueries() as counted:
            triage.open_cases()
        return counted.number

    triage.open_cases()
    statements(1)
    assert statements(20) == statements(2)


class CountQueries:
    """Counts the statements of a block."""

    def __enter__(self) -> "CountQueries":
        self.number = 0
        self._wrapper = connection.execute_wrapper(self._count)
        self._wrapper.__enter__()
        return self

    def _count(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)

    def __exit__(self, *args: object) -> None:
        self._wrapper.__exit__(*args)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_open_one_case_for_each_submission() -> None:
    world = make_world()
    for _ in range(90):
        make_submission(service=world.service.code)
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: in_thread(), range(3)))
    assert sum(done) == Case.objects.count() == Event.objects.filter(verb="opened").count() == 90
    assert Submission.objects.filter(triaged_at__isnull=True).count() == 0


def in_thread() -> int:
    """Open Cases in small batches until none is left, with a connection of the thread's own."""
    with own_connection():
        opened = 0
        while Submission.objects.filter(triaged_at__isnull=True).exists():
            opened += triage.open_cases(limit=7)
        return opened


@contextmanager
def own_connection() -> Iterator[None]:
    try:
        yield
    finally:
        connection.close()
