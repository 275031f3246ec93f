"""Lists taken away: rows without personal data, safe to open in a spreadsheet, written as they are read."""

import csv
from collections.abc import Iterator
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext
from openpyxl import Workbook

from bihuan.faces.desk import wording
from bihuan.spine.accounts.models import User
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.queries import QueueFilter

PAGE = 1000
MOST_ROWS = 100_000
IN_MEMORY_BYTES = 4_000_000
# What a spreadsheet would take for a formula (OWASP, CSV injection), also behind blanks.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

Cell = str | int | datetime | None


# Humanitarian Exchange Language 1.1, a tag a column, in the order of the headings.
HXL_TAGS = (
    "#activity+id", "#status+name", "#sector+name", "#severity", "#org+name", "#contact+name", "#adm2+name",
    "#loc+name", "#meta+channel", "#date+start", "#date+due+accept", "#date+due+resolve", "#date+accepted",
    "#date+resolved", "#date+end", "#date+missed", "#indicator+returned+num", "#indicator+reopened+num",
    "#status+outcome",
)  # fmt: skip


def header() -> list[str]:
    """Return the headings of the columns."""
    return [
        gettext("Number"), gettext("State"), gettext("Service"), gettext("Priority"), gettext("Agency"),
        gettext("Officer"), gettext("District"), gettext("Place"), gettext("Channel"),
        gettext("Opened"), gettext("Accept by"), gettext("Resolve by"), gettext("Accepted"), gettext("Resolved"),
        gettext("Ended"), gettext("First promise missed"), gettext("Returned"), gettext("Reopened"), gettext("Outcome"),
    ]  # fmt: skip


def rows(user: User, filters: QueueFilter) -> Iterator[list[Cell]]:
    """Read a queue page by page in its own order, so that a long list needs no long memory."""
    after, left = None, MOST_ROWS
    while left > 0:
        page = queries.list_queue(user, filters, after, min(PAGE, left))
        yield from map(row, page.cases)
        left -= len(page.cases)
        after = page.next
        if after is None:
            return


def row(case: Case) -> list[Cell]:
    """Return one case as cells. The asker's own words are not in it: people write names into them."""
    return [
        case.pk, case.get_status_display(), _name(case.service), case.get_priority_display(), _name(case.agency),
        _name(case.officer), _name(case.district), safe(str(case.site or "")), wording.channel(case.channel),
        case.opened_at, case.accept_by, case.resolve_by, case.accepted_at, case.resolved_at, case.ended_at,
        case.breached_at, case.returned_count, case.reopened_count, case.get_outcome_display() if case.outcome else "",
    ]  # fmt: skip


def _name(thing: Any) -> str:
    return safe(str(thing)) if thing else ""


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.lstrip().startswith(_FORMULA) or text.startswith(_FORMULA) else text


class _Echo:
    """Hands each line straight on instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(user: User, filters: QueueFilter, *, has_tags: bool = False) -> Iterator[str]:
    """Yield a CSV file line by line, with the mark by which spreadsheets know UTF-8.

    ``has_tags``: with a row of HXL hashtags below the headings.
    """
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(header())
    if has_tags:
        yield writer.writerow(HXL_TAGS)
    for cells in rows(user, filters):
        yield writer.writerow([_in_words(cell) for cell in cells])


def _in_words(cell: Cell) -> str | int:
    if isinstance(cell, datetime):
        return localtime(cell).strftime("%Y-%m-%d %H:%M:%S")
    return "" if cell is None else cell


def xlsx_file(user: User, filters: QueueFilter) -> IO[bytes]:
    """Write a workbook to a file that vanishes when it is closed; the rows are never all in memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(gettext("Cases"))
    sheet.append(header())
    for cells in rows(user, filters):
        # XLSX knows no time zones: the city's own time is written.
        sheet.append(
            [localtime(cell).replace(tzinfo=None) if isinstance(cell, datetime) else cell for cell in cells]
        )
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # the answer closes it
    book.save(out)
    out.seek(0)
    return out
