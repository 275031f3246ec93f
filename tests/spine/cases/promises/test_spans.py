"""Spans as people say and type them."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bihuan.kernel.errors import Refused
from bihuan.spine.cases.promises.spans import LONGEST_MIN, in_words, read, typed

pytestmark = pytest.mark.once
WORKDAY = 420


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (30, "30 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (1440, "1 day"),
        (10080, "7 days"),
    ],
)
def test_a_span_is_said_in_its_largest_whole_unit(minutes: int, words: str) -> None:
    with translation.override("en"):
        assert in_words(minutes) == words


def test_a_day_of_office_hours_is_a_working_day() -> None:
    with translation.override("en"):
        assert in_words(15 * WORKDAY, WORKDAY) == "15 working days"
        assert in_words(1440, WORKDAY) == "24 hours"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("30 min", 30),
        ("2 h", 120),
        ("2h", 120),
        (" 7 D ", 10080),
        ("1 h 30 min", 90),
        ("1.5 h", 90),
        ("3 天", 4320),
        ("2小时30分钟", 150),
    ],
)
def test_spans_are_read_as_they_are_typed(text: str, minutes: int) -> None:
    assert read(text) == minutes


def test_a_day_is_as_long_as_the_calendars() -> None:
    assert read("3 d", WORKDAY) == 3 * WORKDAY


@pytest.mark.parametrize(
    "text", ["", "soon", "2", "h", "2 parsecs", "0 min", "-3 h", "999 d", "2 h and more", "1 min " * 20]
)
def test_what_is_no_span_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read(text, field="reply_min")
    assert refused.value.field == "reply_min"


@given(st.integers(1, LONGEST_MIN), st.sampled_from([420, 480, 1440]))
def test_what_is_shown_for_editing_is_read_as_the_same_span(minutes: int, day_min: int) -> None:
    assert read(typed(minutes, day_min), day_min) == minutes
