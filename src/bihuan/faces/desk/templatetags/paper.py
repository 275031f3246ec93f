"""What templates ask about paper."""

from collections.abc import Mapping

from django import template
from django.db.models import QuerySet

from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models import Case
from bihuan.spine.paper import queries
from bihuan.spine.paper.models import Number

register = template.Library()


@register.simple_tag
def question_words(entry: Mapping[str, str]) -> str:
    """Write a question or a choice of a service in the language in force."""
    return in_language(entry.get("zh", ""), entry.get("en", ""))


@register.simple_tag
def forms_of(case: Case) -> QuerySet[Number]:
    """Return the forms on which those who asked a Case wrote."""
    return queries.forms_of(case)
