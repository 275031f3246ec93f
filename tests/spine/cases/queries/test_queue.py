"""The queue: in order, page by page, narrowed, seen by whom it may be."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries import Cursor, QueueFilter
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case, make_service

ALL = QueueFilter()


def numbers(user: object, filters: QueueFilter = ALL, limit: int = 100) -> list[int]:
    """Walk all pages of a queue."""
    found: list[int] = []
    after = None
    while True:
        page = queries.list_queue(user, filters, after, limit)  # type: ignore[arg-type]
        found += [case.pk for case in page.cases]
        if page.next is None:
            return found
        after = Cursor.parse(str(page.next))


def fill(world: World) -> list[Case]:
    """Make Cases of three agencies, some due at one and the same instant, some without a date."""
    owners = [world.grid, world.crew, world.water]
    dues = [None, NOON, NOON + timedelta(hours=1), NOON, None, NOON - timedelta(hours=1), NOON]
    return [
        make_case(world, Status.WORKING, askers=0, agency=owners[place % 3], due_at=due)
        for place, due in enumerate(dues * 3)
    ]


def expected(cases: list[Case]) -> list[int]:
    far = NOON + timedelta(days=999)
    return [case.pk for case in sorted(cases, key=lambda case: (case.due_at or far, case.pk))]


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_join_without_gap_or_repetition(world: World, limit: int) -> None:
    cases = fill(world)
    assert numbers(world.max, limit=limit) == expected(cases)


@pytest.mark.parametrize("limit", [1, 4, 100])
def test_a_queue_over_several_agencies_is_in_one_order(world: World, limit: int) -> None:
    mine = [case for case in fill(world) if case.agency in {world.grid, world.crew}]
    assert numbers(world.ben, limit=limit) == expected(mine)


def test_what_is_due_next_comes_first_and_what_waits_for_the_asker_last(world: World) -> None:
    fill(world)
    dues = [case.due_at for case in queries.list_queue(world.max, QueueFilter()).cases]
    dated = [due for due in dues if due]
    assert dated == sorted(dated)
    assert dues == dated + [None] * (len(dues) - len(dated))


def test_another_agency_sees_its_own_queue_only(world: World) -> None:
    fill(world)
    assert {case.agency for case in queries.list_queue(world.eve, QueueFilter()).cases} == {world.water}


def test_a_stranger_has_an_empty_queue(world: World) -> None:
    fill(world)
    assert numbers(world.dan) == []
    assert queries.count_queue(world.dan, QueueFilter()) == 0


def test_ended_cases_come_newest_first_and_only_when_asked_for(world: World) -> None:
    closed = [make_case(world, Status.CLOSED, askers=0).pk for _ in range(5)]
    assert numbers(world.ben) == []
    assert numbers(world.ben, QueueFilter(status="closed"), limit=2) == closed[::-1]


def test_each_condition_narrows(world: World) -> None:
    lamp = make_service("lamp")
    wanted = make_case(
        world, Status.WORKING, service=lamp, priority="urgent", channel="phone", officer=world.ben,
        due_at=clock.now() - timedelta(hours=1), summary="灯不亮了",
    )  # fmt: skip
    make_case(world, due_at=clock.now() + timedelta(hours=1))
    for filters in (
        QueueFilter(status="working"), QueueFilter(service="lamp"), QueueFilter(priority="urgent"),
        QueueFilter(channel="phone"), QueueFilter(mine=True), QueueFilter(late=True), QueueFilter(text="不亮"),
        QueueFilter(text=str(wanted.pk)), QueueFilter(text=wanted.askers.get().submission.receipt),
    ):  # fmt: skip
        assert numbers(world.ben, filters) == [wanted.pk], filters


def test_an_unknown_service_finds_nothing(world: World) -> None:
    make_case(world)
    assert numbers(world.ben, QueueFilter(service="flying")) == []


def test_conditions_do_not_open_what_may_not_be_seen(world: World) -> None:
    case = make_case(world)
    assert numbers(world.eve, QueueFilter(text=str(case.pk))) == []
    assert numbers(world.eve, QueueFilter(agency="grid")) == []


def test_the_count_stops_just_above_its_limit(world: World) -> None:
    fill(world)
    assert queries.count_queue(world.max, QueueFilter()) == 21
    assert queries.count_queue(world.max, QueueFilter(), limit=10) == 11
    assert queries.count_queue(world.ben, QueueFilter(), limit=10) == 11


@pytest.mark.parametrize("text", ["", "~", "soon~3", "2026-01-01T00:00:00~3", "~-1", "~99999999999999999999"])
def test_a_spoilt_cursor_means_the_first_page(text: str) -> None:
    assert Cursor.parse(text) is None


def test_a_page_costs_the_same_number_of_queries_whatever_its_length(
    world: World, django_assert_max_num_queries: object
) -> None:
    cases = fill(world)
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        page = queries.list_queue(world.max, QueueFilter(), limit=10)
        [(case.service, case.agency, case.district, case.officer) for case in page.cases]
    assert len(cases) > len(page.cases) == 10


def test_neighbours_on_a_page_are_never_the_same(world: World) -> None:
    fill(world)
    assert all(one != other for one, other in pairwise(numbers(world.max, limit=3)))


NARROWED = [
    QueueFilter(),
    QueueFilter(status="hold"),
    QueueFilter(status="closed"),
    QueueFilter(service="power_failure"),
    QueueFilter(priority="urgent", channel="web"),
    QueueFilter(late=True),
    QueueFilter(mine=True),
]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("who", ["ben", "max"])
@pytest.mark.parametrize("filters", NARROWED)
def test_no_queue_is_sorted_or_read_row_by_row(world: World, who: str, filters: QueueFilter) -> None:
    with CaptureQueriesContext(connection) as asked:
        queries.list_queue(getattr(world, who), filters)
    selects = [q["sql"] for q in asked if "cases_case" in q["sql"] and "ORDER BY" in q["sql"]]
    assert selects
    with connection.cursor() as cursor:
        for sql in selects:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(str(row[3]) for row in cursor.fetchall())
            assert "COVERING INDEX case_" in plan
            assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("edge", ["0001-01-01T00:00:00+14:00~1", "9999-12-31T23:59:59-14:00~1"])
def test_a_cursor_at_the_edge_of_the_calendar_shows_page_one(edge: str) -> None:
    assert Cursor.parse(edge) is None
