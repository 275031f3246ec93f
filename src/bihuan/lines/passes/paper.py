"""The pass on A4, lying: green, in both languages, with its code. Paper and telephone are worth the same."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import IO

import segno
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from bihuan.kernel.fonts import font_for
from bihuan.lines.passes import reading, sealing
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.numbering import typed_code

LATIN = "Helvetica-Bold"
WIDTH, HEIGHT = landscape(A4)
MARGIN, CODE = 36.0, 232.0
GREEN, INK, SOFT = HexColor("#80bf80"), HexColor("#101810"), HexColor("#24402a")
ROW, LABEL = 34.0, 150.0
TWO = ("zh-hans", "en")


def draw(pass_: Pass) -> bytes:
    """Return the pass as a PDF of one page; drawn anew each time, so it always shows how the pass stands."""
    out: IO[bytes] = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), pageCompression=1)
    canvas.setTitle(f"{pass_.number}")
    _ground(canvas)
    _head(canvas, pass_)
    _rows(canvas, pass_)
    _code(canvas, pass_)
    canvas.showPage()
    canvas.save()
    out.seek(0)
    return out.read()


def _ground(canvas: Canvas) -> None:
    canvas.setFillColor(GREEN)
    canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.roundRect(MARGIN / 2, MARGIN / 2, WIDTH - MARGIN, HEIGHT - MARGIN - 76, 10, stroke=0, fill=1)


def _head(canvas: Canvas, pass_: Pass) -> None:
    zh, en = both(lambda: _("Vehicle pass for key goods"))
    _write(canvas, MARGIN, HEIGHT - 50, zh, 30)
    _write(canvas, MARGIN, HEIGHT - 74, f"{en}  {pass_.agency.name_en}", 13, SOFT)
    number = typed_code(pass_.number or "")
    _write(
        canvas,
        WIDTH - MARGIN - pdfmetrics.stringWidth(number, LATIN, 24),
        HEIGHT - 50,
        number,
        24,
        font=LATIN,
    )
    state = "  ".join(both(pass_.get_status_display))
    width = pdfmetrics.stringWidth(state, font_for(state), 13)
    _write(canvas, WIDTH - MARGIN - width, HEIGHT - 74, state, 13, SOFT)


def _rows(canvas: Canvas, pass_: Pass) -> None:
    y = HEIGHT - 126
    for (zh, en), text in rows_of(pass_):
        _write(canvas, MARGIN, y, zh, 12, SOFT)
        _write(canvas, MARGIN, y - 11, en, 7.5, SOFT)
        size = 21.0 if y > HEIGHT - 130 else 14.0
        _write(canvas, MARGIN + LABEL, y - 4, _cut(text, size, WIDTH - 3 * MARGIN - LABEL - CODE), size)
        y -= ROW


def rows_of(pass_: Pass) -> list[tuple[tuple[str, str], str]]:
    """Return what stands on the paper: each label in both languages, and the text beside it."""
    goods = f"{'/'.join(both(pass_.get_goods_display))}  {pass_.goods_name}"
    ways = "、".join(pass_.way_points)
    return [
        (both(lambda: _("Number plate")), f"{pass_.plate}  {'/'.join(both(pass_.get_plate_colour_display))}"),
        (both(lambda: _("Trailer's plate")), pass_.trailer_plate or "—"),
        (both(lambda: _("Crew")), "、".join(one.name for one in reading.crew_of(pass_)) or "—"),
        (both(lambda: _("Goods")), goods),
        (both(lambda: _("How much")), f"{pass_.quantity.normalize():f} {'/'.join(both(pass_.get_unit_display))}"),
        (both(lambda: _("From county")), f"{pass_.origin_name} {pass_.origin_code}"),
        (both(lambda: _("To county")), f"{pass_.destination_name} {pass_.destination_code}"),
        (both(lambda: _("By way of")), ways or "—"),
        (both(lambda: _("Sender")), pass_.sender or "—"),
        (both(lambda: _("Receiver")), pass_.receiver or "—"),
        (both(lambda: _("Carrier")), pass_.carrier or "—"),
        (both(lambda: _("Valid")), f"{_minute(pass_.valid_from)}  —  {_minute(pass_.valid_until)}"),
    ]  # fmt: skip


def _code(canvas: Canvas, pass_: Pass) -> None:
    square = segno.make(sealing.text_of(pass_), error="m", micro=False)
    matrix = [list(row) for row in square.matrix]
    unit = CODE / len(matrix)
    left, top = WIDTH - MARGIN - CODE, HEIGHT - 120
    canvas.setFillColor(INK)
    for y, row in enumerate(matrix):
        for x, is_dark in enumerate(row):
            if is_dark:
                canvas.rect(left + x * unit, top - (y + 1) * unit, unit * 1.02, unit * 1.02, stroke=0, fill=1)
    notes = [both(lambda: _("One vehicle, one pass, one route."))]
    if pass_.is_closed_loop:
        notes.append(both(lambda: _("Closed loop")))
    for place, (zh, en) in enumerate(notes):
        _write(canvas, left, top - CODE - 24 - 34 * place, zh, 12, SOFT)
        _write(canvas, left, top - CODE - 39 - 34 * place, en, 10, SOFT)


def both(words: Callable[[], object]) -> tuple[str, str]:
    """Return words in Chinese and in English; ``words`` is called in each."""
    said = []
    for language in TWO:
        with translation.override(language):
            said.append(str(words()))
    return said[0], said[1]


def _minute(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _cut(text: str, size: float, width: float) -> str:
    font = font_for(f"{text}…")
    while text and pdfmetrics.stringWidth(text, font, size) > width:
        text = text[:-2] + "…" if len(text) > 2 else ""
    return text


def _write(
    canvas: Canvas, x: float, y: float, text: str, size: float, ink: Color = INK, font: str = ""
) -> None:
    canvas.setFillColor(ink)
    canvas.setFont(font or font_for(text), size)
    canvas.drawString(x, y, text)
