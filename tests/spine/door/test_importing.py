"""Files come in through the door."""

import csv
from pathlib import Path

import pytest
from openpyxl import Workbook

from bihuan.kernel.errors import Refused
from bihuan.spine.door.importing import ErrorFile, Report, import_rows, read_rows
from bihuan.spine.door.mappings.mapping import Mapping, row_id
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit

PLAIN = Mapping(
    "plain",
    "text alone",
    lambda row: {"client_id": row_id("plain", row), "text": row["what"], "phone": row.get("phone")},
)


def _file(folder: Path, content: str, name: str = "asks.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def _import(path: Path) -> tuple[Report, list[tuple[int, str]]]:
    complaints: list[tuple[int, str]] = []

    def complain(row: tuple[int, dict[str, str]], problems: list[tuple[str, str]]) -> None:
        complaints.extend((row[0], field) for field, _ in problems)

    *_, report = import_rows(read_rows(path), PLAIN, complain)
    return report, complaints


def test_a_heading_names_the_columns(tmp_path) -> None:
    path = _file(tmp_path, "what,where\nno water,here\n")
    assert list(read_rows(path)) == [(2, {"what": "no water", "where": "here"})]


def test_a_file_without_a_heading_takes_the_names_it_is_given(tmp_path) -> None:
    path = _file(tmp_path, "no water,here\n")
    assert list(read_rows(path, ("what", "where"))) == [(1, {"what": "no water", "where": "here"})]


def test_empty_lines_are_passed_over_and_short_ones_filled_up(tmp_path) -> None:
    path = _file(tmp_path, "what,where\n\n,\nno water\n")
    assert list(read_rows(path)) == [(4, {"what": "no water", "where": ""})]


def test_line_numbers_count_lines_inside_quotes(tmp_path) -> None:
    path = _file(tmp_path, 'what\n"two\nlines"\nnext\n')
    assert [number for number, _ in read_rows(path)] == [3, 4]


def test_a_mark_of_byte_order_is_no_part_of_the_first_name(tmp_path) -> None:
    path = _file(tmp_path, "\ufeffwhat\n药\n")
    assert list(read_rows(path)) == [(2, {"what": "药"})]


def test_a_file_that_is_not_utf8_is_refused_in_words(tmp_path) -> None:
    path = tmp_path / "asks.csv"
    path.write_bytes("what\n没电\n".encode("gb18030"))
    with pytest.raises(Refused, match="UTF-8"):
        list(read_rows(path))


def test_a_sheet_is_read_like_a_csv(tmp_path) -> None:
    book, path = Workbook(), tmp_path / "asks.xlsx"
    for cells in (["what", "amount"], ["gas card", 100], [None, None], ["没电", None]):
        book.active.append(cells)
    book.save(path)
    assert list(read_rows(path)) == [
        (2, {"what": "gas card", "amount": "100"}),
        (4, {"what": "没电", "amount": ""}),
    ]


def test_what_only_calls_itself_a_sheet_is_refused(tmp_path) -> None:
    with pytest.raises(Refused, match="XLSX"):
        list(read_rows(_file(tmp_path, "what\n", "asks.xlsx")))


@pytest.mark.django_db(transaction=True)
def test_each_row_becomes_a_submission_once(tmp_path) -> None:
    path = _file(tmp_path, "what\nno water\nno power\nno water\n")
    first, _ = _import(path)
    assert (first.new, first.again, first.refused) == (2, 1, 0)
    second, _ = _import(path)
    assert (second.new, second.again, second.refused) == (0, 3, 0)
    assert sorted(Submission.objects.values_list("text", flat=True)) == ["no power", "no water"]


@pytest.mark.django_db(transaction=True)
def test_a_bad_row_does_not_hold_up_the_others(tmp_path) -> None:
    path = _file(tmp_path, "what,phone\nfirst,19900000001\nsecond,nonsense\nthird,19900000002\n")
    report, complaints = _import(path)
    assert (report.new, report.refused) == (2, 1)
    assert complaints == [(3, "phone")]


@pytest.mark.django_db(transaction=True)
def test_a_missing_column_is_named_for_each_row(tmp_path) -> None:
    report, complaints = _import(_file(tmp_path, "that\nno water\n"))
    assert report.refused == 1
    assert complaints == [(2, "what")]


@pytest.mark.django_db(transaction=True)
def test_a_file_larger_than_a_batch_is_reported_as_it_goes(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("bihuan.spine.door.importing.BATCH", 2)
    path = _file(tmp_path, "what\n" + "".join(f"ask {n}\n" for n in range(5)))
    assert [report.read for report in import_rows(read_rows(path), PLAIN, lambda *_: None)][-1] == 5
    assert Submission.objects.count() == 5


def test_the_error_file_shows_line_problem_and_the_row_as_it_was(tmp_path) -> None:
    errors = ErrorFile(tmp_path / "errors.csv")
    errors.write((3, {"what": "没电", "phone": "x"}), [("phone", "no number"), ("what", "too short")])
    with errors.path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["field"] for row in rows] == ["phone", "what"]
    assert rows[0] == {"line": "3", "field": "phone", "problem": "no number", "what": "没电", "phone": "x"}


def test_an_error_file_of_before_is_taken_away(tmp_path) -> None:
    path = _file(tmp_path, "old", "errors.csv")
    ErrorFile(path)
    assert not path.exists()


def test_the_number_of_a_public_file_tells_nobody_the_receipt(db: None, tmp_path) -> None:
    numbered = Mapping("plain", "by number", lambda row: {"client_id": f"plain-{row['id']}", "text": "x"})
    *_, report = import_rows(read_rows(_file(tmp_path, "id\n7\n")), numbered, lambda row, problems: None)
    assert report.new == 1
    assert submit({"client_id": "plain-7", "text": "x"}).is_new
    *_, again = import_rows(read_rows(_file(tmp_path, "id\n7\n")), numbered, lambda row, problems: None)
    assert (again.new, again.again) == (0, 1)


def test_one_cell_at_the_far_corner_makes_no_row_wider_than_a_sheet_of_people(tmp_path: Path) -> None:
    book, path = Workbook(), tmp_path / "corner.xlsx"
    book.worksheets[0]["A1"], book.worksheets[0]["A2"], book.worksheets[0]["XFD3"] = "what", "lamp", "x"
    book.save(path)
    assert list(read_rows(path)) == [(2, {"what": "lamp"})]


def test_a_file_that_unpacks_to_far_more_than_a_sheet_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "asks.xlsx"
    Workbook().save(path)
    monkeypatch.setattr("bihuan.spine.door.importing.MOST_UNPACKED", 100)
    with pytest.raises(Refused) as refused:
        list(read_rows(path))
    assert refused.value.code == "large"
