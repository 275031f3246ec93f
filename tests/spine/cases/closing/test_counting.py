"""Counting weeks: which, and what it costs."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bihuan.kernel import clock
from bihuan.spine.cases.closing import counting
from bihuan.spine.cases.models import Case, RateCell, RateWeek
from tests.spine.cases.known import NOON, World, make_case

WEEK = date(2026, 11, 16)


def test_counting_takes_the_same_statements_at_any_number_of_cases(played: list[Case]) -> None:
    def statements(later: timedelta) -> int:
        with CaptureQueriesContext(connection) as captured:
            counting.count_week(WEEK, NOON + later)
        return len(captured)

    statements(timedelta(0))  # the first time the week itself is written
    few = statements(timedelta(minutes=1))
    Case.objects.bulk_create(
        Case(
            status="waiting",
            agency=played[0].agency,
            channel="web",
            opened_at=NOON - timedelta(days=3),
            changed_at=NOON,
        )
        for _ in range(300)
    )
    assert statements(timedelta(minutes=2)) == few


def test_the_first_time_every_week_is_counted(played: list[Case]) -> None:
    assert len(counting.due(NOON)) >= 4


def test_a_week_that_was_counted_long_ago_is_counted_again_by_itself(world: World) -> None:
    make_case(world, opened_at=NOON - timedelta(days=9), changed_at=NOON - timedelta(days=9))
    with clock.running(lambda: NOON):
        counting.count_due()
    later = NOON + counting.STALE + timedelta(minutes=1)
    assert counting.due(later) == {RateWeek.objects.order_by("counted_at", "monday")[0].monday}


def test_a_case_that_moves_to_another_agency_leaves_its_old_cell(world: World) -> None:
    case = make_case(world, opened_at=NOON)
    for at, agency in ((NOON, world.grid), (NOON + timedelta(hours=1), world.water)):
        Case.objects.filter(pk=case.pk).update(agency=agency, changed_at=at)
        with clock.running(lambda at=at: at):
            counting.count_due()
        assert [cell.agency for cell in RateCell.objects.filter(cases=1)] == [agency]
