"""A service's questions as the operator's fields."""

from django import forms

from bihuan.spine.cases.models import Service
from bihuan.spine.cases.questions import answers_of, fields_of
from bihuan.spine.cases.registry import ATTRIBUTE_KINDS

CHOICES = [{"key": "a", "zh": "甲", "en": "First"}]


def _service(*kinds: str, required: bool = False) -> Service:
    asked = [
        {"code": kind, "kind": kind, "zh": kind, "en": kind, "required": required, "choices": CHOICES}
        for kind in kinds
    ]
    return Service(code="s", questions=asked)


def _answers(service: Service, said: dict[str, object]) -> dict[str, object]:
    form = type("Asked", (forms.Form,), dict(fields_of(service)))(said)
    assert form.is_valid(), form.errors
    return answers_of(form.cleaned_data)


def test_every_kind_of_question_has_a_field() -> None:
    assert len(fields_of(_service(*ATTRIBUTE_KINDS))) == len(ATTRIBUTE_KINDS)


def test_no_service_asks_nothing() -> None:
    assert fields_of(None) == {}


def test_what_need_not_be_answered_holds_nobody_up() -> None:
    assert _answers(_service(*ATTRIBUTE_KINDS), {}) == {}


def test_what_the_door_will_demand_is_demanded_on_the_form() -> None:
    assert all(field.required for field in fields_of(_service(*ATTRIBUTE_KINDS, required=True)).values())


def test_answers_go_by_the_code_of_the_question() -> None:
    said = {"q_string": "blue", "q_singlevaluelist": "a", "q_multivaluelist": ["a"], "q_number": "2.5"}
    service = _service("string", "singlevaluelist", "multivaluelist", "number")
    assert _answers(service, said) == {
        "string": "blue",
        "singlevaluelist": "a",
        "multivaluelist": ["a"],
        "number": 2.5,
    }


def test_a_moment_is_kept_as_text() -> None:
    answered = _answers(_service("datetime"), {"q_datetime": "2026-11-23T12:00"})
    assert answered["datetime"] == "2026-11-23T12:00:00+08:00"
