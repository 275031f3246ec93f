"""Moments in plain words."""

import json
from datetime import timedelta

import pytest
from django.utils import translation

from bihuan.faces.desk import wording
from tests.spine.cases.known import NOON


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        (timedelta(minutes=40), "in 40 min", "ok"),
        (timedelta(minutes=14), "in 14 min", "soon"),
        (timedelta(seconds=30), "in under 1 min", "soon"),
        (timedelta(hours=1, minutes=20), "in 1 h 20 min", "ok"),
        (timedelta(hours=5, minutes=59), "in 5 h", "ok"),
        (timedelta(days=1), "in 1 day", "ok"),
        (timedelta(days=3), "in 3 days", "ok"),
        (timedelta(minutes=-12), "12 min late", "late"),
    ],
)
def test_a_promise_is_told_by_how_far_it_is(left: timedelta, words: str, tone: str) -> None:
    assert wording.due(NOON + left, NOON) == wording.Due(words, tone)


def test_no_promise_has_no_words() -> None:
    assert wording.due(None, NOON) == wording.Due("", "none")


def test_a_past_moment_is_told_by_how_long_ago_it_was() -> None:
    assert wording.ago(NOON - timedelta(hours=2), NOON) == "2 h 0 min ago"


def test_an_exact_moment_is_in_the_citys_time() -> None:
    assert wording.exact(NOON) == "11-23 12:00"


def test_an_unknown_channel_keeps_its_code() -> None:
    assert wording.channel("pigeon") == "pigeon"


def test_the_page_gets_the_patterns_for_its_own_clock() -> None:
    patterns = json.loads(wording.clock_words())
    assert patterns["late"] == "{} late"
    assert patterns["hm"] == "{} h {m} min"
    assert patterns["min"] == "{} min"


def test_the_map_gets_its_words_as_json() -> None:
    assert json.loads(wording.map_words())["Popup.Close"] == "Close the window"
