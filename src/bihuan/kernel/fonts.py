"""A Chinese font that a PDF carries with it, made once on a machine from one that the machine has.

Chinese fonts mostly hold cubic outlines, which reportlab can't embed; their letters are drawn anew in quadratic ones
(cu2qu). Where none was made, PDFs name a font that most readers bring along, and some lack.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

FILE = "print-font.ttf"
EMBEDDED, NAMED = "BihuanPrint", "STSong-Light"
MAX_ERR = 1.0  # units of a thousand to the em: nothing that an eye could see on paper
_SIGNS = "，。、；：？！“”‘’（）《》【】—–…·•☐℃"


def letters() -> set[int]:
    """Return what a made font holds: the Chinese of GB 2312, Latin with its accents, punctuation."""
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    chinese = {ord(sign) for row in rows for sign in row.decode("gb2312", "ignore")}
    return chinese | set(range(0x20, 0x180)) | {ord(sign) for sign in _SIGNS}


def make_font(source: Path, number: int, target: Path, wanted: set[int] | None = None) -> int:
    """Write a font with the wanted letters of a source's face; return how many it has.

    The file is there whole or not at all. About ten seconds for all ``letters()``.
    """
    from fontTools.ttLib import TTFont as Source

    made = target.with_suffix(".part")
    with Source(source, fontNumber=number, lazy=True) as face:
        known = face.getBestCmap()
        chosen = {code: known[code] for code in wanted or letters() if code in known}
        _build(face, chosen).save(made)
    made.replace(target)
    return len(chosen)


def _build(face: Any, chosen: dict[int, str]) -> Any:
    from fontTools.fontBuilder import FontBuilder

    glyphs = {name: _outline(face, name) for name in [".notdef", *dict.fromkeys(chosen.values())]}
    rise, fall = face["hhea"].ascent, face["hhea"].descent
    built = FontBuilder(face["head"].unitsPerEm, isTTF=True)
    built.setupGlyphOrder(list(glyphs))
    built.setupCharacterMap(chosen)
    built.setupGlyf(glyphs)
    built.setupHorizontalMetrics({name: face["hmtx"][name] for name in glyphs})
    built.setupHorizontalHeader(ascent=rise, descent=fall)
    built.setupNameTable({"familyName": EMBEDDED, "styleName": "Regular", "psName": EMBEDDED})
    built.setupOS2(
        sTypoAscender=rise, sTypoDescender=fall, usWinAscent=max(rise, 0), usWinDescent=max(-fall, 0)
    )
    built.setupPost()
    return built


def _outline(face: Any, name: str) -> Any:
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    glyphs = face.getGlyphSet()
    drawn, pen = DecomposingRecordingPen(glyphs), TTGlyphPen(None)
    glyphs[name].draw(drawn)
    # The two kinds of outline run in opposite directions.
    drawn.replay(Cu2QuPen(pen, max_err=MAX_ERR, reverse_direction="glyf" not in face))
    return pen.glyph()


def font_for(words: str) -> str:
    """Return the name of a registered font for some words: the one that is carried along where it has them all."""
    if NAMED not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(NAMED))
    path = Path(settings.BIHUAN_VAR) / FILE
    held = _held(path, path.stat().st_mtime_ns) if path.exists() else frozenset()
    return EMBEDDED if held and held.issuperset(map(ord, words)) else NAMED


@cache
def _held(path: Path, _written: int) -> frozenset[int]:
    """Register the made font; return which letters it has."""
    font = TTFont(EMBEDDED, str(path))
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)
