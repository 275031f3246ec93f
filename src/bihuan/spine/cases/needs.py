"""Tells the door what each service asks of a Submission."""

from typing import Any

from bihuan.spine.cases.banners import SOMETHING_ELSE
from bihuan.spine.cases.models import Service
from bihuan.spine.door.needs import Needs, Question, Services

# Every service may be asked for under a banner, and every asker may say that it is something else.
_KNOWN = {SOMETHING_ELSE: Question(kind="singlevaluelist", choices=frozenset({"yes"}))}


def services_needs() -> Services:
    """Return what the services that can be asked for need, by code."""
    return {service.code: needs_of(service) for service in Service.objects.filter(is_active=True)}


def needs_of(service: Service) -> Needs:
    """Return what one service needs."""
    return Needs(
        fields=frozenset(service.needs),
        questions=_KNOWN | {question["code"]: _question(question) for question in service.questions},
        danger_words=tuple(service.danger_words),
        emergency_number=service.emergency_number,
    )


def _question(question: dict[str, Any]) -> Question:
    return Question(
        kind=question["kind"],
        is_required=bool(question.get("required")),
        choices=frozenset(choice["key"] for choice in question.get("choices", ())),
    )
