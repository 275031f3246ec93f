"""Takes files in through the door: rows of CSV or XLSX, each by a mapping, each error named in a file beside."""

import csv
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from bihuan.kernel import private
from bihuan.kernel.errors import Refused
from bihuan.spine.door.faults import Unfit
from bihuan.spine.door.mappings.mapping import Fields, Mapping, Row
from bihuan.spine.door.submit import Received, submit_many

BATCH = 500
MOST_COLUMNS = 200
MOST_UNPACKED = 1_000_000_000  # bytes; a whole sheet of a million rows is less
ERROR_COLUMNS = ("line", "field", "problem")

Numbered = tuple[int, Row]


@dataclass
class Report:
    """What came of an import."""

    new: int = 0
    again: int = 0
    refused: int = 0
    client_ids: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.new + self.again + self.refused


def read_rows(path: Path, columns: tuple[str, ...] = ()) -> Iterator[Numbered]:
    """Yield line number and row; ``columns`` names them where the file has no heading.

    Raises
    ------
    Refused
        when the file is neither CSV nor XLSX, or not text in UTF-8.
    """
    lines = _xlsx_lines(path) if path.suffix.lower() == ".xlsx" else _csv_lines(path)
    heading = columns
    for number, cells in lines:
        if not heading:
            heading = _without_empty_end(cells)
        elif any(cells):
            yield number, dict(zip(heading, _padded(cells, len(heading)), strict=False))


def _without_empty_end(cells: list[str]) -> tuple[str, ...]:
    width = max((place for place, cell in enumerate(cells, 1) if cell), default=0)
    return tuple(cells[:width])


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))


def _csv_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file)
        try:
            for cells in reader:
                yield reader.line_num, [cell.strip() for cell in cells]
        except UnicodeDecodeError as error:
            message = _("%(file)s is not text in UTF-8; save it as CSV in UTF-8.")
            raise Refused(message % {"file": path.name}, code="utf8") from error
        except csv.Error as error:
            message = _("%(file)s, line %(line)s: %(error)s")
            told = {"file": path.name, "line": reader.line_num, "error": error}
            raise Refused(message % told, code="csv") from error


def _xlsx_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    from zipfile import BadZipFile, ZipFile

    from openpyxl import load_workbook

    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise Refused(_("%(file)s is too large.") % {"file": path.name}, code="large")
        book = load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        message = _("%(file)s is not an XLSX file.")
        raise Refused(message % {"file": path.name}, code="xlsx") from error
    with closing(book):
        # One cell at the far corner would otherwise fill every row to its full width with nothing.
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
        for number, cells in enumerate(rows, 1):
            yield number, [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


Problems = list[tuple[str, str]]
Complain = Callable[[Numbered, Problems], None]


def import_rows(rows: Iterable[Numbered], mapping: Mapping, complain: Complain) -> Iterator[Report]:
    """Hand rows in at the door, a batch at a time; yield the same growing report after each batch.

    Parameters
    ----------
    complain : is told of each row that can't be taken, with pairs of field and problem.
    """
    report, waiting = Report(), iter(rows)
    while batch := list(islice(waiting, BATCH)):
        drafts = [(row, _fields(row, mapping)) for row in batch]
        answers = submit_many(draft for _, draft in drafts if isinstance(draft, dict))
        for row, draft in drafts:
            if isinstance(draft, dict):
                _count(report, row, draft, next(answers), complain)
            else:
                report.refused += 1
                complain(row, draft)
        yield report


def _fields(row: Numbered, mapping: Mapping) -> Fields | Problems:
    try:
        fields = mapping.fields(row[1])
        return fields | {"client_id": _unguessable(fields["client_id"])}
    except KeyError as error:
        return [(str(error.args[0]), _("The file has no such column."))]
    except ValueError as error:
        return [("", str(error))]


def _unguessable(client_id: str) -> str:
    """Key the client id: whoever sends one again is told the receipt, and numbers of public files are no secret."""
    return f"import-{private.keyed_hash(client_id).hex()}"


def _count(
    report: Report, row: Numbered, fields: Fields, answer: Received | Refused, complain: Complain
) -> None:
    if isinstance(answer, Refused):
        report.refused += 1
        complain(row, answer.errors() if isinstance(answer, Unfit) else [(answer.field, answer.message)])
        return
    report.new += answer.is_new
    report.again += not answer.is_new
    report.client_ids.append(fields["client_id"])


class ErrorFile:
    """A CSV beside the import: line, field, problem, then the row as it was. Made at the first error only."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.unlink(missing_ok=True)

    def write(self, row: Numbered, problems: Problems) -> None:
        """Add one line for each problem of a row."""
        is_first = not self.path.exists()
        number, cells = row
        with self.path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if is_first:
                writer.writerow([*ERROR_COLUMNS, *cells])
            writer.writerows([number, name, problem, *cells.values()] for name, problem in problems)
