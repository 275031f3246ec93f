"""A timeline as CSV, written as it is read: millions of lines need no more memory than one."""

import csv
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from bihuan.spine.cases.afteraction.kinds import kind_of
from bihuan.spine.cases.afteraction.timeline import Window, stream
from bihuan.spine.cases.afteraction.words import Line, Names, line

# What a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_lines(window: Window, language: str) -> Iterator[str]:
    """Yield a CSV file line by line, with the mark by which spreadsheets know UTF-8."""
    writer = csv.writer(_Echo())
    with override(language):
        yield "\ufeff" + writer.writerow(header())
        names = Names.load()
    for event in stream(window):
        # Each line by itself: whoever reads a stream slowly lets other requests of this thread in between.
        with override(language):
            yield writer.writerow(cells(line(event, names)))


def header() -> list[str]:
    """Return the headings of the columns."""
    return [
        gettext("When"), gettext("Kind"), gettext("What"), gettext("Who"), gettext("Case"), gettext("Agency"),
        gettext("Service"), gettext("Detail"), gettext("Event"),
    ]  # fmt: skip


def cells(told: Line) -> list[str | int]:
    """Return one line as cells."""
    event = told.event
    return [
        localtime(event.at).strftime("%Y-%m-%d %H:%M:%S"), str(kind_of(event).label), told.what, safe(told.who),
        event.case_id or "", safe(told.agency), safe(told.service), safe(told.detail), event.pk,
    ]  # fmt: skip


def safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) or text.startswith(FORMULA) else text
