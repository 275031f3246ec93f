"""What a service asks, and the words that mean danger."""

import pytest

from bihuan.spine.door import needs
from bihuan.spine.door.needs import Needs, Question

pytestmark = pytest.mark.once
DANGER = Needs(danger_words=("昏迷", "fire"), emergency_number="120")


@pytest.mark.parametrize("text", ["他昏迷了", "FIRE in the kitchen", "着fire了", "a fire!"])
def test_a_word_of_danger_gives_the_number(text: str) -> None:
    assert DANGER.emergency(["", text]) == "120"


@pytest.mark.parametrize("text", ["firewood is short", "campfires", "", "需要药"])
def test_a_latin_word_counts_only_as_a_whole(text: str) -> None:
    assert DANGER.emergency([text]) == ""


def test_a_service_without_words_of_danger_gives_no_number() -> None:
    assert Needs(emergency_number="120").emergency(["fire"]) == ""


def test_the_latest_source_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_source", needs._source)
    needs.provide(lambda: {"medicine": DANGER})
    assert needs.current() == {"medicine": DANGER}


def test_on_paper_nothing_must_be_said_but_what_is_said_is_still_looked_at() -> None:
    asked = {"left": Question("singlevaluelist", is_required=True, choices=frozenset({"one"}))}
    strict = Needs(
        fields=frozenset({"phone"}), questions=asked, danger_words=("fire",), emergency_number="119"
    )
    paper = strict.of_paper()
    assert not paper.fields and not paper.questions["left"].is_required
    assert paper.questions["left"].choices == {"one"} and paper.emergency(["fire"]) == "119"
