from django.utils import translation

from bihuan.faces.portal.said import answers_in_words
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Submission
from tests.faces.portal.conftest import QUESTIONS

MANY = {
    "code": "help",
    "kind": "multivaluelist",
    "zh": "帮助",
    "en": "Help",
    "choices": QUESTIONS[1]["choices"],
}
WHEN = {"code": "at", "kind": "datetime", "zh": "何时", "en": "When", "choices": []}


def said(**answers: object) -> list[tuple[str, str]]:
    service = Service(questions=[*QUESTIONS, MANY, WHEN])
    with translation.override("en"):
        return answers_in_words(service, Submission(answers=answers))


def test_answers_are_told_in_the_words_of_the_choice() -> None:
    assert said(left="two", drug="X") == [("Medicine", "X"), ("Days left", "two")]


def test_many_answers_are_told_in_one_line() -> None:
    assert said(help=["none", "two"]) == [("Help", "none, two")]


def test_a_moment_is_told_on_the_citys_clock() -> None:
    assert said(at="2026-11-23T10:00:00+00:00") == [("When", "2026-11-23 18:00")]


def test_answers_to_questions_that_are_gone_are_left_out() -> None:
    assert said(gone="x") == []


def test_without_a_service_there_is_nothing_to_tell() -> None:
    assert answers_in_words(None, Submission(answers={"drug": "X"})) == []
