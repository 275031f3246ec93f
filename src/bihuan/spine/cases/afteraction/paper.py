"""An after-action report on A4: drawn line by line, so that thousands of lines cost little time and memory.

Chinese is set in STSong-Light, which every PDF reader brings along and no file has to carry; all else in Helvetica.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import IO, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

CHINESE, LATIN, BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
WIDTH, HEIGHT = A4
MARGIN, FOOT = 42.0, 48.0
INK, SOFT, LINE, ACCENT, LATE = (
    HexColor(code) for code in ("#16202b", "#55606c", "#c9d0d8", "#0b5d8c", "#b3261e")
)
SIZE, LEADING = 8.5, 13.0
# What Helvetica as every reader has it cannot write.
_CHINESE = re.compile("([^\x00-\xff\u2013\u2014\u2018-\u201d\u2026]+)")
_ELLIPSIS = "…"

Column = tuple[str, float]


class Paper:
    """A4 sheets with a place where the next line goes; numbered when all are there."""

    def __init__(self, title: str, foot: str) -> None:
        if CHINESE not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
        self._out: IO[bytes] = BytesIO()
        self.canvas = Canvas(self._out, pagesize=A4, pageCompression=1)
        self.canvas.setTitle(title)
        self._title, self._foot = title, foot
        self._page, self.y = 1, HEIGHT - MARGIN

    def text(
        self, x: float, y: float, words: str, *, size: float = SIZE, width: float = WIDTH, ink: Color = INK,
        is_bold: bool = False,
    ) -> None:  # fmt: skip
        """Write one line, each run in its script's letters, cut to a width."""
        self.canvas.setFillColor(ink)
        for font, run in _runs(fit(words, size, width, is_bold=is_bold), is_bold=is_bold):
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, y, run)
            x += pdfmetrics.stringWidth(run, font, size)

    def room(self, height: float) -> bool:
        """Begin a new sheet unless this much is left; return whether one was begun."""
        if self.y - height >= MARGIN + FOOT / 2:
            return False
        self._end_page()
        self._page += 1
        self.y = HEIGHT - MARGIN
        return True

    def line(self, words: str, *, size: float = SIZE, ink: Color = INK, is_bold: bool = False) -> None:
        """Write the next line over the whole width; what does not fit goes on below."""
        for part in wrap(words, size, WIDTH - 2 * MARGIN, is_bold=is_bold):
            self.room(size * 1.5)
            self.y -= size * 1.5
            self.text(MARGIN, self.y, part, size=size, ink=ink, is_bold=is_bold)

    def heading(self, words: str) -> None:
        """Write a heading that stays with what follows."""
        self.room(70)
        self.y -= 12
        self.line(words, size=12.5, is_bold=True, ink=ACCENT)
        self.y -= 4

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """Write rows under headings that are written again on every sheet."""
        self._table_head(columns)
        for row in rows:
            if self.room(LEADING):
                self._table_head(columns)
            self.y -= LEADING
            self._cells(columns, row)
        self.y -= 6

    def _table_head(self, columns: Sequence[Column]) -> None:
        self.room(3 * LEADING)
        self.y -= LEADING
        self._cells(columns, [heading for heading, _ in columns], ink=SOFT, is_bold=True)
        self.rule(self.y - 3)
        self.y -= 3

    def _cells(self, columns: Sequence[Column], cells: Sequence[str], **look: Any) -> None:
        x = MARGIN
        for (_, width), words in zip(columns, cells, strict=True):
            self.text(x, self.y, words, width=width - 5, **look)
            x += width

    def rule(self, y: float) -> None:
        """Draw a thin line across."""
        self.canvas.setStrokeColor(LINE)
        self.canvas.setLineWidth(0.6)
        self.canvas.line(MARGIN, y, WIDTH - MARGIN, y)

    def _end_page(self) -> None:
        self.rule(MARGIN + 8)
        self.text(MARGIN, MARGIN - 4, self._foot, size=7, width=WIDTH - 2 * MARGIN - 60, ink=SOFT)
        number = gettext("page %(number)d") % {"number": self._page}
        self.text(WIDTH - MARGIN - width_of(number, 7), MARGIN - 4, number, size=7, ink=SOFT)
        self.canvas.showPage()

    def done(self) -> bytes:
        """Return the file."""
        self._end_page()
        self.canvas.save()
        self._out.seek(0)
        return self._out.read()


def _runs(words: str, *, is_bold: bool = False) -> list[tuple[str, str]]:
    parts = _CHINESE.split(words)
    latin = BOLD if is_bold else LATIN
    return [(CHINESE if number % 2 else latin, part) for number, part in enumerate(parts) if part]


def width_of(words: str, size: float, *, is_bold: bool = False) -> float:
    """Return how wide words are, in points."""
    return float(sum(pdfmetrics.stringWidth(run, font, size) for font, run in _runs(words, is_bold=is_bold)))


def fit(words: str, size: float, width: float, *, is_bold: bool = False) -> str:
    """Cut words to a width, with a mark where something was cut."""
    if width_of(words, size, is_bold=is_bold) <= width:
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        fits = width_of(words[:middle] + _ELLIPSIS, size, is_bold=is_bold) <= width
        low, high = (middle, high) if fits else (low, middle - 1)
    return words[:low] + _ELLIPSIS


def wrap(words: str, size: float, width: float, *, is_bold: bool = False) -> list[str]:
    """Break words into lines: between words, and anywhere in Chinese."""
    lines, kept = [], ""
    for piece in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+\s*|\s+", words):
        if kept and width_of((kept + piece).rstrip(), size, is_bold=is_bold) > width:
            lines.append(kept.rstrip())
            kept = ""
        kept += piece
    return [*lines, kept.rstrip()] if kept.strip() or not lines else lines


def instant(at: datetime, *, with_seconds: bool = False) -> str:
    """Write an instant by the city's clock."""
    return localtime(at).strftime("%Y-%m-%d %H:%M:%S" if with_seconds else "%Y-%m-%d %H:%M")


def counted(count: int) -> str:
    """Write how many Events there are."""
    return ngettext("%(count)s event", "%(count)s events", count) % {"count": f"{count:,}"}
