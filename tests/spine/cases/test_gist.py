"""What a Submission says, in a line."""

from bihuan.spine.cases.gist import LIMIT, summary_of, words_of
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Submission

SERVICE = Service(
    questions=[
        {
            "code": "extent",
            "kind": "singlevaluelist",
            "choices": [{"key": "home", "zh": "只有我家", "en": "only my home"}],
        },
        {"code": "people", "kind": "number"},
    ]
)


def test_what_was_written_is_the_summary_in_one_line() -> None:
    assert summary_of(Submission(text=" 没米了\n 请送  "), SERVICE) == "没米了 请送"


def test_without_words_the_answers_are_told_by_the_names_of_the_choices() -> None:
    said = Submission(answers={"extent": "home", "people": 3, "empty": "", "gone": None})
    assert summary_of(said, SERVICE) == "只有我家，3"


def test_answers_to_questions_that_are_no_more_are_told_as_they_are() -> None:
    assert summary_of(Submission(answers={"old": ["a", "b"]}), None) == "a，b"


def test_a_long_text_is_cut_to_what_a_case_can_hold() -> None:
    assert summary_of(Submission(text="水" * 500), None) == "水" * LIMIT


def test_rules_look_through_text_site_and_answers() -> None:
    said = Submission(text="停电", site="幸福小区", answers={"note": "有制氧机", "n": 2, "many": ["雾化器"]})
    assert words_of(said).split("\n") == ["停电", "幸福小区", "有制氧机", "雾化器"]
