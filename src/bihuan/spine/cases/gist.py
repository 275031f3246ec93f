"""What a Submission says, in one line for lists, and all of it for rules that look for words."""

from collections.abc import Iterator, Mapping
from typing import Any

from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.models import Case, Service
from bihuan.spine.door.models import Submission

LIMIT = Case._meta.get_field("summary").max_length


def summary_of(submission: Submission, service: Service | None) -> str:
    """Return what was written; where nothing was, the answers to the service's questions."""
    said = " ".join(submission.text.split()) or "，".join(_answers(submission.answers, service))
    return said[:LIMIT]


def words_of(submission: Submission) -> str:
    """Return everything that was written or answered, for rules to look through."""
    return "\n".join([submission.text, submission.site, *_texts(submission.answers)])


def _answers(answers: Mapping[str, Any], service: Service | None) -> Iterator[str]:
    questions = {question["code"]: question for question in service.questions} if service else {}
    for code, answer in answers.items():
        if code == SOMETHING_ELSE:
            continue
        question = questions.get(code, {})
        names = {choice["key"]: choice["zh"] for choice in question.get("choices", ())}
        for value in answer if isinstance(answer, list) else [answer]:
            if value not in ("", None):
                yield names.get(value, str(value))


def _texts(answers: Mapping[str, Any]) -> Iterator[str]:
    for answer in answers.values():
        for value in answer if isinstance(answer, list) else [answer]:
            if isinstance(value, str):
                yield value
