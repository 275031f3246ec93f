"""The rates over the API."""

from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.spine.cases.closing import counting, publishing, rates
from bihuan.spine.cases.closing.rates import Scope
from bihuan.spine.cases.closing.weeks import parse
from bihuan.spine.cases.models import Case
from tests.spine.cases.closing.conftest import played  # noqa: F401  # a fixture
from tests.spine.cases.known import NOON, World

SPAN = "since=2026-W44&until=2026-W48"


@pytest.fixture
def counted_city(played: list[Case]) -> None:  # noqa: F811
    with clock.running(lambda: NOON):
        counting.count_due()
        publishing.publish_due()


def test_the_rates_are_those_of_the_page(counted_city: None, world: World, call: Any) -> None:
    told = call(world.max, "GET", f"/rates?by=service&{SPAN}").json()
    first, last = parse("2026-W44"), parse("2026-W48")
    assert first
    assert last
    found = rates.table(world.max, Scope(first, last), "service")
    assert {line["code"]: line["counts"] for line in told["lines"]} == {
        one.code: one.counts for one in found.lines
    }
    assert told["excluded"] == found.excluded


def test_each_count_is_the_number_of_the_cases_behind_it(counted_city: None, world: World, call: Any) -> None:
    told = call(world.max, "GET", f"/rates?{SPAN}").json()
    for line in told["lines"]:
        for figure in ("cases", "solved", "reply_kept", "redone"):
            query = f"figure={figure}&agency={line['code']}&{SPAN}&at={told['counted_at']}&limit=1"
            assert call(world.max, "GET", f"/rates/cases?{query}").json()["count"] == line["counts"][figure]


def test_a_list_is_read_page_by_page(counted_city: None, world: World, call: Any) -> None:
    seen: list[int] = []
    after = 0
    while after is not None:
        told = call(world.max, "GET", f"/rates/cases?figure=cases&{SPAN}&limit=50&after={after}").json()
        seen += [case["id"] for case in told["items"]]
        after = told["next"]
    assert len(seen) == len(set(seen)) == told["count"]


@pytest.mark.parametrize("query", ["by=zebra", "since=x", "until=2026-W99"])
def test_what_cannot_be_read_is_refused(counted_city: None, world: World, call: Any, query: str) -> None:
    assert call(world.max, "GET", f"/rates?{query}").status_code == 422


def test_an_officer_has_no_board_and_sees_the_own_cases_behind_a_figure(
    counted_city: None, world: World, call: Any
) -> None:
    assert call(world.ben, "GET", "/rates").status_code == 403
    told = call(world.eve, "GET", f"/rates/cases?figure=cases&{SPAN}").json()
    assert {case["agency"]["code"] for case in told["items"]} == {"water"}


def test_everybody_may_read_what_is_told_to_everybody(counted_city: None, call: Any) -> None:
    told = call(None, "GET", "/rates/public").json()
    assert told["weeks"]
    week = call(None, "GET", f"/rates/public?week={told['weeks'][0]}").json()["week"]
    assert week["week"] == told["weeks"][0]
    assert call(None, "GET", "/rates/public?week=2026-W48").status_code == 404
