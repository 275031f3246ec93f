"""The rates taken away as a sheet: the same numbers as on the page, parts and wholes beside each share."""

import csv
import io
from collections.abc import Callable, Iterator
from tempfile import SpooledTemporaryFile
from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext
from openpyxl import Workbook

from bihuan.faces.desk.export import safe
from bihuan.faces.desk.ratesview import BY, Wanted
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.closing.measures import RATES, RULES
from bihuan.spine.cases.closing.rates import Line, Table

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IN_MEMORY_BYTES = 4_000_000

Cells = list[str | int | float | None]


def sheet(found: Table, wanted: Wanted) -> Iterator[Cells]:
    """Yield the rows: the lines, everything together, the weeks, and what was left out."""
    yield [str(BY[wanted.by]), gettext("Weeks"), *_headings()]
    span = f"{wanted.since}…{wanted.until}"
    for line in found.lines:
        yield [safe(_name(line)), span, *_numbers(line)]
    yield [gettext("Together"), span, *_numbers(found.total)]
    for line in found.weeks:
        yield [gettext("Together"), line.code, *_numbers(line)]
    for code, number in found.excluded.items():
        yield [gettext("Left out: %(rule)s") % {"rule": RULES[code].label}, span, None, None, number]


def _headings() -> Cells:
    shares = [
        heading
        for rate in RATES
        for heading in (
            str(rate.label),
            gettext("of it: %(rate)s") % {"rate": rate.label},
            gettext("of: %(rate)s") % {"rate": rate.label},
        )
    ]
    return [gettext("Rank"), gettext("Score"), gettext("Cases"), *shares]


def _name(line: Line) -> str:
    return in_language(line.zh, line.en) or gettext("none")


def _numbers(line: Line) -> Cells:
    shares: Cells = []
    for rate in RATES:
        share = line.shares[rate.code]
        shares += [None if share.value is None else round(share.value, 4), share.part, share.whole]
    score = None if line.score is None else round(line.score, 4)
    return [line.rank, score, line.counts["cases"], *shares]


def _csv(found: Table, wanted: Wanted) -> HttpResponseBase:
    out = io.StringIO()
    csv.writer(out).writerows(sheet(found, wanted))
    # The mark by which spreadsheets know UTF-8.
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")


def _xlsx(found: Table, wanted: Wanted) -> HttpResponseBase:
    book = Workbook(write_only=True)
    page = book.create_sheet(gettext("Rates"))
    for cells in sheet(found, wanted):
        page.append(cells)
    out: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES)  # noqa: SIM115  # the answer closes it
    book.save(out)
    out.seek(0)
    return FileResponse(out, content_type=XLSX)


KINDS: dict[str, Callable[[Table, Wanted], HttpResponseBase]] = {"csv": _csv, "xlsx": _xlsx}
