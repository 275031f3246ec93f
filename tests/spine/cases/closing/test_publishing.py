"""What everybody is told of the rates."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases.closing import counting, publishing, rates
from bihuan.spine.cases.closing.measures import RATES, SMALL
from bihuan.spine.cases.closing.publishing import LEAST, told_week, told_weeks
from bihuan.spine.cases.closing.rates import DIMENSIONS, Scope
from bihuan.spine.cases.models import Case, RateCell
from tests.spine.cases.known import NOON

WEEK = date(2026, 11, 9)


@pytest.fixture
def published(played: list[Case]) -> list[str]:
    with clock.running(lambda: NOON):
        counting.count_due()
        publishing.publish_due()
    return told_weeks()


def test_only_weeks_that_have_been_over_for_a_day_are_told(published: list[str]) -> None:
    # Noon of a Monday: the week before is over since twelve hours only.
    assert published == ["2026-W46", "2026-W45", "2026-W44"]


def test_a_week_is_told_anew_after_a_day_and_not_before(published: list[str]) -> None:
    for later, number in ((timedelta(hours=1), 0), (timedelta(hours=23), 1)):
        with clock.running(lambda later=later: NOON + later):
            assert publishing.publish_due() == number
    with clock.running(lambda: NOON + timedelta(hours=25)):
        assert publishing.publish_due() == 3


def test_as_many_weeks_are_told_in_one_go_as_wanted_the_newest_first(played: list[Case]) -> None:
    with clock.running(lambda: NOON):
        counting.count_due()
        assert publishing.publish_due(1) == 1
        assert told_weeks() == ["2026-W46"]


def test_what_is_told_is_what_the_desk_sees_or_nothing(published: list[str]) -> None:
    told: Any = told_week("2026-W46")
    for by in DIMENSIONS:
        lines = {line.code: line for line in rates.table(None, Scope(WEEK, WEEK), by).lines}
        assert {row["code"] for row in told[f"by_{by}"]} == set(lines)
        for row in told[f"by_{by}"]:
            line = lines[row["code"]]
            assert row["cases"] in {None, line.counts["cases"]}
            assert row["cases"] is None or row["cases"] >= LEAST
            for rate in RATES:
                share = line.shares[rate.code]
                assert row[rate.code] is None or (
                    share.whole >= SMALL and row[rate.code] == round(100 * (share.value or 0))
                )


def test_a_single_number_in_a_table_is_never_the_only_one_missing(published: list[str]) -> None:
    for week in published:
        told: Any = told_week(week)
        for by in DIMENSIONS:
            missing = [row for row in told[f"by_{by}"] if row["cases"] is None]
            assert told["total"]["cases"] is None or len(missing) != 1


def test_no_person_no_case_and_no_officer_is_in_it(published: list[str]) -> None:
    told = told_week("2026-W46") or {}
    assert set(told) == {"week", "total", "excluded", "by_agency", "by_district", "by_service", "counted_at"}
    keys = {key for by in DIMENSIONS for row in told[f"by_{by}"] for key in row}
    assert keys == {"code", "zh", "en", "cases", *(rate.code for rate in RATES)}
    json.dumps(told, default=str)


def test_a_week_without_cases_is_told_as_empty(published: list[str]) -> None:
    RateCell.objects.all().delete()
    assert publishing.week_of(WEEK)["by_agency"] == []


def test_a_week_that_nobody_was_told_of_is_nothing(db: None) -> None:
    assert (told_weeks(), told_week("2026-W46"), publishing.told_totals()) == ([], None, [])
