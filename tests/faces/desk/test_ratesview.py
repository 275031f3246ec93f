"""What the page of the rates is asked for, and its rows."""

from datetime import date

from django.http import QueryDict

from bihuan.faces.desk.ratesview import Wanted, chart_of, row_of
from bihuan.kernel import clock
from bihuan.spine.cases.closing.behind import Behind
from bihuan.spine.cases.closing.measures import MEASURES
from bihuan.spine.cases.closing.rates import MOST_WEEKS, Line
from tests.spine.cases.known import NOON


def wanted(**said: str) -> Wanted:
    with clock.running(lambda: NOON):
        return Wanted.parse(said)


def test_unasked_it_is_the_last_eight_weeks_by_agency() -> None:
    assert (wanted().by, wanted().since, wanted().until) == ("agency", "2026-W41", "2026-W48")


def test_the_weeks_are_put_in_order_and_bounded() -> None:
    assert wanted(since="2026-W48", until="2026-W40").since == "2026-W40"
    scope = wanted(since="1990-W01").scope
    assert (scope.until - scope.since).days == 7 * (MOST_WEEKS - 1)
    assert scope.until == date(2026, 11, 23)


def line(number: int) -> Line:
    return Line("2026-W48", "", "", dict.fromkeys(MEASURES, number))


def test_every_number_of_a_row_has_an_address_with_its_figure() -> None:
    row = row_of(line(30), Behind(since="2026-W48"))
    numbers = [row.cases, *(number for share in row.shares for number in (share.part, share.whole))]
    assert {QueryDict(number.query)["figure"] for number in numbers} <= set(MEASURES)
    assert row.shares[0].percent == "100.0 %"


def test_a_week_of_too_few_has_no_point() -> None:
    assert chart_of([line(30), line(3)]).series[0].values == [100.0, None]
