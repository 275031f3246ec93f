"""Tables and curves of the public rates."""

from bihuan.faces.portal.rateview import HEIGHT, curves_of, tables_of, week_choices
from bihuan.spine.cases.closing.measures import RATES


def week(name: str, percent: int | None) -> dict[str, object]:
    return {"week": name, "response": percent, "resolution": 100, "satisfaction": 0}


def test_a_week_that_is_not_told_breaks_the_line() -> None:
    response = curves_of([week("a", 10), week("b", 20), week("c", None), week("d", 40)])[0]
    assert [len(piece.split()) for piece in response.pieces] == [2]
    assert [words for _x, _y, words in response.dots] == ["a: 10 %", "b: 20 %", "d: 40 %"]


def test_all_stands_at_the_top_and_none_at_the_bottom() -> None:
    _response, resolution, satisfaction = curves_of([week("a", 10), week("b", 20)])
    assert {y for _x, y, _words in resolution.dots} == {0}
    assert {y for _x, y, _words in satisfaction.dots} == {HEIGHT}


def test_each_line_has_its_cases_and_all_rates_in_order() -> None:
    line = {"code": "x", "zh": "甲", "en": "A", "cases": 30} | {rate.code: n for n, rate in enumerate(RATES)}
    told = {"by_agency": [line], "by_district": [], "by_service": []}
    agency, _district, _service = tables_of(told)
    assert agency.rows[0][1] == [30, *range(len(RATES))]


def test_the_week_that_is_shown_is_marked() -> None:
    assert [one.is_here for one in week_choices(["2026-W47", "2026-W46"], "2026-W46")] == [False, True]
