"""Lines on A4."""

import pytest

from bihuan.spine.cases.afteraction.paper import CHINESE, LATIN, SIZE, Paper, _runs, fit, width_of, wrap

MIXED = "供电公司 Power grid 抢修一队，No. 12 — “急”"


@pytest.fixture(autouse=True)
def _fonts() -> None:
    Paper("x", "y")


def test_chinese_and_other_letters_have_a_font_each_and_nothing_is_lost() -> None:
    runs = _runs(MIXED)
    assert "".join(run for _, run in runs) == MIXED
    assert {font for font, _ in runs} == {CHINESE, LATIN}
    assert all(run.encode("cp1252") for font, run in runs if font == LATIN)


@pytest.mark.parametrize("width", [20, 60, 120, 500])
def test_cut_words_fit_their_width(width: float) -> None:
    cut = fit(MIXED * 3, SIZE, width)
    assert width_of(cut, SIZE) <= width
    assert cut.endswith("…") or cut == MIXED * 3


@pytest.mark.parametrize("words", [MIXED * 10, "word " * 100, "字" * 300, ""])
def test_wrapped_lines_fit_and_lose_no_letter(words: str) -> None:
    lines = wrap(words, SIZE, 200)
    assert all(width_of(one, SIZE) <= 200 for one in lines)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")


def test_a_sheet_is_begun_when_one_is_full() -> None:
    paper = Paper("x", "y")
    begun = [paper.room(300) for _ in range(1)]
    paper.y = 60
    assert [*begun, paper.room(300)] == [False, True]
    assert paper.done().startswith(b"%PDF-")
