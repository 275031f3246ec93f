from typing import Any

import pytest
from django import forms

from bihuan.faces.portal.questions import answers_of, fields_of
from bihuan.spine.cases.registry import ATTRIBUTE_KINDS

CHOICES = [{"key": "a", "zh": "甲", "en": "A"}, {"key": "b", "zh": "乙", "en": "B"}]


def one(kind: str, **fields: Any) -> forms.Field:
    said = {
        "code": "x",
        "kind": kind,
        "zh": "问",
        "en": "Ask",
        "required": False,
        "choices": CHOICES,
        **fields,
    }
    return fields_of([said])["q_x"]


@pytest.mark.parametrize("kind", ATTRIBUTE_KINDS)
def test_every_kind_of_open311_has_an_input(kind: str) -> None:
    assert one(kind).label in {"问", "Ask"}


@pytest.mark.parametrize(
    ("kind", "typed", "clean"),
    [
        ("string", " 药 ", "药"),
        ("number", "2.5", 2.5),
        ("singlevaluelist", "a", "a"),
        ("multivaluelist", ["a", "b"], ["a", "b"]),
    ],
)
def test_what_is_typed_is_read_by_its_kind(kind: str, typed: Any, clean: Any) -> None:
    assert one(kind).clean(typed) == clean


@pytest.mark.parametrize(
    ("kind", "typed"), [("number", "many"), ("number", "-1"), ("singlevaluelist", "c"), ("datetime", "soon")]
)
def test_what_does_not_fit_the_kind_is_refused(kind: str, typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        one(kind).clean(typed)


def test_a_list_too_long_for_cards_folds_into_a_select() -> None:
    many = [{"key": str(n), "zh": str(n), "en": str(n)} for n in range(12)]
    assert isinstance(one("singlevaluelist", choices=many).widget, forms.Select)
    assert not isinstance(one("singlevaluelist").widget, forms.Select)


def test_answers_leave_out_what_was_not_answered() -> None:
    assert answers_of({"q_a": "", "q_b": [], "q_c": None, "q_d": 0, "text": "t"}) == {"d": 0}


def test_answers_are_what_json_can_hold() -> None:
    moment = one("datetime").clean("2026-11-23T18:00")
    assert answers_of({"q_at": moment, "q_n": 3.0}) == {"at": "2026-11-23T18:00:00+08:00", "n": 3}
