"""The story as plain lines."""

from random import Random

import pytest

from bihuan.drill.scripts import DONE, WEIGHTS, merged
from bihuan.drill.telling import DEEDS, Story

pytestmark = pytest.mark.once


def test_nothing_is_told_before_it_is_live_but_all_is_counted() -> None:
    told: list[str] = []
    story = Story(told.append)
    story.asked(494.0, "天元区", "web", "降压药只剩一天")
    assert told == []
    story.go_live()
    assert "1 asks" in told[0]


def test_a_line_has_the_time_of_day_the_case_and_the_deed() -> None:
    told: list[str] = []
    story = Story(told.append)
    story.is_live = True
    story.did(24 * 60 + 494.0, 12, "accept", who="Power Desk")
    assert told == ["08:14  No. 12: accepted by Power Desk"]


def test_a_refusal_is_told_and_counted() -> None:
    told: list[str] = []
    story = Story(told.append)
    story.is_live = True
    story.refused(0, "No. 3: accept", "409 Ben was first.")
    assert "409 Ben was first." in told[0]
    assert story.summary() == "1 refused"


def test_what_the_city_said_no_to_is_summed_up_before_it_is_live() -> None:
    told: list[str] = []
    story = Story(told.append)
    for _ in range(3):
        story.refused(0, "No. 3: accept", "409 Ben was first.")
    story.go_live()
    assert "  the city said no 3 times: 409 Ben was first." in told


def test_there_are_words_for_every_deed_of_every_script() -> None:
    verbs = {deed.verb for script, _ in WEIGHTS for deed in script(Random(1), DONE["power"])}
    verbs |= {deed.verb for deed in merged(Random(1), "x")}
    assert verbs <= set(DEEDS)
