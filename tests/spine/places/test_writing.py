"""Comparing names."""

import pytest

from bihuan.spine.places.writing import flatten, variants


def test_width_case_spaces_and_hyphens_do_not_count() -> None:
    assert flatten("Ｊinxiu - Garden").text == flatten("JINXIU garden").text == "jinxiugarden"


@pytest.mark.parametrize(
    ("text", "is_whole"), [("a court", True), ("a courtyard", False), ("停court电", True)]
)
def test_a_latin_word_counts_only_whole(text: str, is_whole: bool) -> None:
    flat = flatten(text)
    start = flat.text.index("court")
    assert flat.is_whole(start, start + len("court")) is is_whole


def test_the_words_around_are_those_of_the_text_with_its_spaces() -> None:
    flat = flatten("not in Yinxing Court, please")
    start = flat.text.index("yinxing")
    assert flat.before(start) == "not in "
    assert flat.cut(start, start + 12) == "yinxing court"
    assert flat.after(start + 12) == ", please"


def test_a_phase_is_known_in_characters_and_in_digits() -> None:
    assert set(variants("锦绣花园三期")) == {"锦绣花园三期", "锦绣花园3期"}
