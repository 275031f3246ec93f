"""A service's questions as fields of a form; Open311's kinds of attribute as the right inputs."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms

from bihuan.spine.accounts.named import in_language

PREFIX = "q_"
FEW = 7
LONG_ANSWER = 1000
SHORT_ANSWER = 200

Said = Mapping[str, Any]
"""One question as the Service keeps it: code, kind, zh, en, required, choices."""


class Cards(forms.RadioSelect):
    """One answer out of a few, as targets big enough for a thumb."""

    template_name = "portal/widgets/choices.html"


class ManyCards(forms.CheckboxSelectMultiple):
    template_name = "portal/widgets/choices.html"


class Moment(forms.DateTimeInput):
    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


def fields_of(questions: list[Said]) -> dict[str, forms.Field]:
    """Return a form field for every question, in its order."""
    return {PREFIX + said["code"]: _field(said) for said in questions}


def answers_of(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that were given, by the question's code, as JSON can hold them."""
    given = {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}
    return {code: _plain(value) for code, value in given.items() if value not in (None, "", [])}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _field(said: Said) -> forms.Field:
    common = {"label": in_language(said["zh"], said["en"]), "required": said.get("required", False)}
    return _KINDS[said["kind"]](said, common)


def _choices(said: Said) -> list[tuple[str, str]]:
    return [(choice["key"], in_language(choice["zh"], choice["en"])) for choice in said["choices"]]


def _string(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=SHORT_ANSWER, widget=_input(forms.TextInput), **common)


def _text(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=LONG_ANSWER, widget=_input(forms.Textarea), **common)


def _number(said: Said, common: dict[str, Any]) -> forms.Field:
    # An upper bound keeps a telephone number typed into the wrong box from being taken for a count.
    widget = forms.NumberInput({"class": "input input--short", "inputmode": "decimal", "step": "any"})
    return forms.FloatField(min_value=0, max_value=1_000_000, widget=widget, **common)


def _datetime(said: Said, common: dict[str, Any]) -> forms.Field:
    widget = Moment()
    widget.attrs["class"] = "input input--short"
    return forms.DateTimeField(widget=widget, **common)


def _one(said: Said, common: dict[str, Any]) -> forms.Field:
    choices = _choices(said)
    if len(choices) <= FEW:
        return forms.ChoiceField(choices=choices, widget=Cards, **common)
    return forms.ChoiceField(choices=[("", "—"), *choices], widget=_input(forms.Select), **common)


def _many(said: Said, common: dict[str, Any]) -> forms.Field:
    return forms.MultipleChoiceField(choices=_choices(said), widget=ManyCards, **common)


def _input(widget: type[forms.Widget]) -> forms.Widget:
    return widget(attrs={"class": "input"})


_KINDS: dict[str, Callable[[Said, dict[str, Any]], forms.Field]] = {
    "string": _string,
    "text": _text,
    "number": _number,
    "datetime": _datetime,
    "singlevaluelist": _one,
    "multivaluelist": _many,
}
