"""A service's questions as plain fields, for staff who type while somebody speaks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from bihuan.spine.accounts.named import in_language
from bihuan.spine.cases.models import Service

PREFIX = "q_"
Said = Mapping[str, Any]
_INPUT = {"class": "input"}


def fields_of(service: Service | None) -> dict[str, forms.Field]:
    """Return a form field for each question of a service."""
    return {PREFIX + said["code"]: _field(said) for said in (service.questions if service else [])}


def answers_of(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was answered, by the question's code."""
    given = {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}
    return {code: _plain(value) for code, value in given.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _field(said: Said) -> forms.Field:
    common = {"label": in_language(said["zh"], said["en"]), "required": said.get("required", False)}
    return _KINDS[said["kind"]](said, common)


def _choices(said: Said) -> list[tuple[str, str]]:
    return [(choice["key"], in_language(choice["zh"], choice["en"])) for choice in said["choices"]]


def _one(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.ChoiceField(choices=[("", "—"), *_choices(said)], widget=forms.Select(_INPUT), **common)


def _many(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(
        choices=_choices(said), widget=forms.SelectMultiple({"class": "input", "size": "4"}), **common
    )


def _number(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.FloatField(min_value=0, max_value=1_000_000, widget=forms.NumberInput(_INPUT), **common)


def _datetime(said: Said, common: dict[str, Any]) -> forms.Field:
    widget = forms.DateTimeInput({"class": "input", "type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **common)


def _words(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=1000, widget=forms.TextInput(_INPUT), **common)


_KINDS: dict[str, Callable[[Said, dict[str, Any]], forms.Field]] = {
    "string": _words,
    "text": _words,
    "number": _number,
    "datetime": _datetime,
    "singlevaluelist": _one,
    "multivaluelist": _many,
}
