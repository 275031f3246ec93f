"""Answers and the kinds of questions."""

import pytest

from bihuan.spine.door.entry import Answer
from bihuan.spine.door.kinds import MAX_ANSWERS, check_answers
from bihuan.spine.door.needs import Question

pytestmark = pytest.mark.once
CHOICES = frozenset({"a", "b"})


def codes(answer: Answer, kind: str, *, is_required: bool = False) -> list[str]:
    question = Question(kind, is_required, CHOICES)
    return [fault.code for fault in check_answers({"q": answer}, {"q": question})]


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("string", "x"), ("text", "x\ny"), ("number", 3), ("number", 3.5), ("number", "3.5"),
        ("datetime", "2026-01-31T08:00"), ("datetime", "2026-01-31T08:00:00+08:00"), ("singlevaluelist", "a"),
        ("multivaluelist", ["a", "b"]), ("multivaluelist", "a"),
    ],
)  # fmt: skip
def test_an_answer_of_its_kind_is_right(kind: str, answer: Answer) -> None:
    assert codes(answer, kind) == []


@pytest.mark.parametrize(
    ("kind", "answer", "code"),
    [
        ("string", 3, "type"), ("string", ["x"], "type"), ("text", True, "type"), ("number", "x", "number"),
        ("number", True, "number"), ("number", float("nan"), "number"), ("number", float("inf"), "number"),
        ("number", 10**400, "number"), ("string", 10**400, "number"), ("number", "nan", "number"),
        ("datetime", "tomorrow", "datetime"), ("datetime", "0001-01-01T00:00:00+14:00", "datetime"),
        ("datetime", "9999-12-31T23:59:59-14:00", "datetime"), ("datetime", 3, "datetime"),
        ("singlevaluelist", "c", "choice"),
        ("singlevaluelist", ["a"], "type"), ("multivaluelist", ["a", "c"], "choice"),
        ("multivaluelist", 3, "choice"),
    ],
)  # fmt: skip
def test_an_answer_of_another_kind_is_named(kind: str, answer: Answer, code: str) -> None:
    assert codes(answer, kind) == [code]


@pytest.mark.parametrize("empty", [None, "", []])
def test_a_required_answer_may_not_be_empty(empty: Answer) -> None:
    assert codes(empty, "string", is_required=True) == ["required"]
    assert codes(empty, "string") == []


@pytest.mark.parametrize("code", ["药", "", "a b", "x" * 65, "a\0"])
def test_the_code_of_an_answer_is_latin_and_short(code: str) -> None:
    assert [fault.field for fault in check_answers({code: "x"}, None)] == ["answers"]


def test_more_answers_than_any_service_asks_are_refused() -> None:
    answers: dict[str, Answer] = {f"q{k}": "x" for k in range(MAX_ANSWERS + 1)}
    assert [fault.code for fault in check_answers(answers, None)] == ["many"]
