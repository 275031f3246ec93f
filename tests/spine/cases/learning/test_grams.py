"""Short runs of characters."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.spine.cases.learning.grams import evened, grams_of, spans


def test_chinese_runs_are_one_to_three_long_and_latin_ones_know_the_edges_of_words() -> None:
    grams = grams_of("停电 no power")
    assert {"停", "停电", " no ", " pow", "wer "} <= grams
    assert "电 n" not in grams


def test_no_number_can_be_told_from_another() -> None:
    assert grams_of("电话19900001234") == grams_of("电话19900009876")


def test_the_district_counts_as_one_more() -> None:
    assert grams_of("停电", "430211") - grams_of("停电") == {"@430211"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_each_run_stands_where_it_says(text: str) -> None:
    plain = evened(text)
    for gram, start, end in spans(plain):
        assert plain[start:end] == gram.strip()
