"""Lists taken away."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import translation
from openpyxl import load_workbook

from bihuan.faces.desk import export
from bihuan.spine.cases.queries import QueueFilter
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_agency, make_case


def _table(world: World, filters: QueueFilter = QueueFilter()) -> list[dict[str, str]]:  # noqa: B008
    with translation.override("en"):
        text = "".join(export.csv_lines(world.max, filters))
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_a_csv_holds_a_row_for_each_case_of_the_queue(world: World) -> None:
    cases = [make_case(world, due_at=NOON + timedelta(hours=k)) for k in (2, 1)]
    assert [row["Number"] for row in _table(world)] == [str(cases[1].pk), str(cases[0].pk)]


def test_filters_hold(world: World) -> None:
    make_case(world)
    held = make_case(world, Status.HOLD)
    assert [row["Number"] for row in _table(world, QueueFilter(status="hold"))] == [str(held.pk)]


def test_many_pages_are_read_to_the_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "PAGE", 3)
    numbers = {make_case(world, askers=0).pk for _ in range(8)}
    assert {int(row["Number"]) for row in _table(world)} == numbers


def test_the_askers_words_and_telephones_stay_here(world: World) -> None:
    make_case(world, summary="my name is Wang, 199 0000 5526")
    with translation.override("en"):
        text = "".join(export.csv_lines(world.max, QueueFilter()))
    assert "Wang" not in text and "5526" not in text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_what_looks_like_a_formula_is_made_harmless(text: str) -> None:
    assert export.safe(text).startswith("'")


def test_plain_words_stay_as_they_are() -> None:
    assert export.safe("Power grid - east") == "Power grid - east"


def test_an_agency_can_not_smuggle_a_formula_in(world: World) -> None:
    make_case(world, agency=make_agency("evil", "=HYPERLINK(1)", "=HYPERLINK(1)"))
    assert _table(world)[0]["Agency"] == "'=HYPERLINK(1)"


def test_a_workbook_holds_the_same_rows_with_real_dates(world: World) -> None:
    case = make_case(world, due_at=NOON, accept_by=NOON)
    with export.xlsx_file(world.max, QueueFilter()) as file:
        rows = list(load_workbook(file).active.iter_rows(values_only=True))
    assert rows[1][0] == case.pk
    assert rows[1][10].hour == 12  # noon in the city


HASHTAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")
# The core hashtags of HXL 1.1 that these lists may use.
CORE = {
    "activity", "adm2", "contact", "date", "indicator", "loc", "meta", "org", "sector", "severity", "status",
}  # fmt: skip


def test_hashtags_stand_below_the_headings_one_a_column(world: World) -> None:
    case = make_case(world)
    text = "".join(export.csv_lines(world.max, QueueFilter(), has_tags=True)).lstrip("\ufeff")
    headings, tags, row = csv.reader(io.StringIO(text))
    assert len(headings) == len(tags) == len(row) and row[0] == str(case.pk)
    assert all(HASHTAG.fullmatch(tag) for tag in tags) and len(set(tags)) == len(tags)
    assert {re.split(r"[#+]", tag)[1] for tag in tags} <= CORE


def test_without_tags_the_list_is_as_it_was(world: World) -> None:
    make_case(world)
    assert "#activity" not in "".join(export.csv_lines(world.max, QueueFilter()))
