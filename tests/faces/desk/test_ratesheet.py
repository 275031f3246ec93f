"""The sheet of the rates."""

from bihuan.faces.desk.ratesheet import sheet
from bihuan.faces.desk.ratesview import Wanted
from bihuan.spine.cases.closing.measures import MEASURES, RATES, RULES
from bihuan.spine.cases.closing.rates import Line, Table


def line(code: str, name: str, number: int) -> Line:
    return Line(code, name, name, dict.fromkeys(MEASURES, number))


def test_lines_the_whole_the_weeks_and_what_is_left_out_are_in_it() -> None:
    found = Table(line("", "", 9), [line("a", "=A", 9)], [line("2026-W48", "", 9)], dict.fromkeys(RULES, 1))
    rows = list(sheet(found, Wanted("agency", "2026-W48", "2026-W48")))
    assert len(rows) == 1 + 1 + 1 + 1 + len(RULES)
    assert {len(row) for row in rows[:4]} == {5 + 3 * len(RATES)}
    # No spreadsheet may take a name for a formula.
    assert rows[1][0] == "'=A"
    assert rows[1][4:8] == [9, 1.0, 9, 9]
