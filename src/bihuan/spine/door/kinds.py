"""Answers held against the questions of a service, in Open311's kinds of attribute."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from bihuan.spine.door.entry import Answer
from bihuan.spine.door.faults import Fault
from bihuan.spine.door.needs import Question

MAX_ANSWERS = 50
LARGEST_NUMBER = 2.0**53  # beyond it readers of JSON disagree about the last digits
YEARS = range(1900, 2200)  # at the edges of the calendar no time zone can be reckoned with
_EMPTY: tuple[Answer, ...] = (None, "", [])
_is_code = re.compile(r"[A-Za-z0-9._:-]{1,64}").fullmatch


def check_answers(answers: Mapping[str, Answer], questions: Mapping[str, Question] | None) -> Iterator[Fault]:
    """List what is wrong with the answers; where no service is named there are no questions to hold them against."""
    if len(answers) > MAX_ANSWERS:
        yield Fault("answers", "many", str(MAX_ANSWERS))
        return
    for code, answer in answers.items():
        if questions is not None and code not in questions:
            yield Fault(f"answers.{code}" if _is_code(code) else "answers", "question")
        elif not _is_code(code):
            yield Fault("answers", "code")
        elif fault := _fault(answer, None if questions is None else questions[code]):
            yield Fault(f"answers.{code}", *fault)
    for code, question in (questions or {}).items():
        if question.is_required and answers.get(code) in _EMPTY:
            yield Fault(f"answers.{code}", "required")


def _fault(answer: Answer, question: Question | None) -> tuple[str, ...]:
    """Return code and limit of what is wrong with one answer, nothing when it is right."""
    if isinstance(answer, int | float) and not _is_number(answer):
        return ("number",)
    if question is None or answer in _EMPTY:
        return ()
    if question.kind == "multivaluelist":
        return _choice_fault(answer if isinstance(answer, list) else [answer], question)
    if isinstance(answer, list):
        return ("type", "string")
    if question.kind == "singlevaluelist":
        return _choice_fault([answer], question)
    return _plain_fault(answer, question.kind)


def _choice_fault(chosen: list[str] | list[str | int | float | None], question: Question) -> tuple[str, ...]:
    if all(value in question.choices for value in chosen):
        return ()
    return ("choice", ", ".join(sorted(question.choices)))


def _plain_fault(answer: str | int | float | None, kind: str) -> tuple[str, ...]:
    if kind == "number":
        return () if _is_number(answer) and not isinstance(answer, bool) else ("number",)
    if kind == "datetime":
        return () if _is_datetime(answer) else ("datetime",)
    return () if isinstance(answer, str) else ("type", "string")


def _is_number(answer: str | int | float | None) -> bool:
    """Forms send numbers as text, so digits in quotes are a number too."""
    try:
        return answer is not None and abs(float(answer)) <= LARGEST_NUMBER
    except (ValueError, OverflowError):
        return False


def _is_datetime(answer: str | int | float | None) -> bool:
    try:
        return isinstance(answer, str) and datetime.fromisoformat(answer).year in YEARS
    except ValueError:
        return False
