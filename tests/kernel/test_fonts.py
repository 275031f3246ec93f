"""The font that a PDF carries along, made from one of this machine's."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from bihuan.kernel import fonts

WORDS = "车辆通行证 A 5"


@pytest.fixture(scope="module")
def source() -> tuple[Path, int]:
    try:
        ask = ["fc-match", "--format", "%{file}\n%{index}", "sans:lang=zh-cn"]
        said = subprocess.run(ask, capture_output=True, text=True).stdout.partition("\n")
    except FileNotFoundError:
        pytest.skip("no fontconfig on this machine")
    from fontTools.ttLib import TTFont

    path, face = Path(said[0]), int(said[2] or 0) & 0xFFFF
    if not path.is_file():
        pytest.skip("no font on this machine")
    with TTFont(path, fontNumber=face, lazy=True) as font:
        if ord("车") not in font.getBestCmap():
            pytest.skip("no Chinese font on this machine")
    return path, face


@pytest.fixture
def made(source: tuple[Path, int], tmp_path: Path, settings: object) -> Path:
    settings.BIHUAN_VAR = tmp_path  # type: ignore[attr-defined]
    assert fonts.make_font(*source, tmp_path / fonts.FILE, set(map(ord, WORDS))) == len(set(WORDS))
    return tmp_path / fonts.FILE


def test_words_that_the_made_font_has_are_carried_in_the_file(made: Path) -> None:
    out = BytesIO()
    canvas = Canvas(out, pageCompression=0)
    canvas.setFont(fonts.font_for(WORDS), 20)
    canvas.drawString(50, 700, WORDS)
    canvas.save()
    assert b"/FontFile2" in out.getvalue() and re.search(rb"\+BihuanPrint", out.getvalue())


def test_each_letter_keeps_its_width_and_its_outline(made: Path, source: tuple[Path, int]) -> None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.ttLib import TTFont

    path, face = source

    def boxes(font: TTFont) -> list[float]:
        found: list[float] = []
        for letter in WORDS:
            glyphs, name = font.getGlyphSet(), font.getBestCmap()[ord(letter)]
            pen = BoundsPen(glyphs)
            glyphs[name].draw(pen)
            found += [*(pen.bounds or (0, 0, 0, 0)), font["hmtx"][name][0]]
        return found

    with TTFont(path, fontNumber=face, lazy=True) as theirs, TTFont(made) as ours:
        pairs = zip(boxes(theirs), boxes(ours), strict=True)
        assert all(abs(one - other) <= 2 for one, other in pairs)


def test_words_with_another_letter_and_a_machine_without_the_font_name_one(
    made: Path, tmp_path: Path
) -> None:
    assert fonts.font_for("龘") == fonts.NAMED
    made.unlink()
    assert fonts.font_for(WORDS) == fonts.NAMED


def test_what_is_to_be_held_has_common_chinese_and_latin() -> None:
    held = fonts.letters()
    assert {ord(letter) for letter in "啊齄Aé（☐"} <= held and 6763 < len(held) < 8000
