"""What the asker told us, shown back in words: each question with its answer."""

from collections.abc import Iterator
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime

from bihuan.faces.portal.questions import Said
from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models import Service
from bihuan.spine.door.models import Submission

Pair = tuple[str, str]


def answers_in_words(service: Service | None, submission: Submission) -> list[Pair]:
    """List question and answer, in the order of the form; a question the service no longer has is left out."""
    return list(_pairs(service, submission.answers)) if service else []


def _pairs(service: Service, answers: dict[str, Any]) -> Iterator[Pair]:
    for said in service.questions:
        answer = answers.get(said["code"])
        if answer not in (None, "", []):
            yield in_language(said["zh"], said["en"]), _words(said, answer)


def _words(said: Said, answer: Any) -> str:
    if isinstance(answer, list):
        return ", ".join(_words(said, one) for one in answer)
    if said["kind"] == "datetime" and (moment := parse_datetime(str(answer))):
        return date_format(localtime(moment) if moment.tzinfo else moment, "Y-m-d H:i")
    names = {choice["key"]: in_language(choice["zh"], choice["en"]) for choice in said.get("choices", ())}
    return names.get(str(answer), str(answer))
