"""Short ways to write a question."""

import pytest

from bihuan.lines.requests.questions import ask, pick, tick

pytestmark = pytest.mark.once

OPTIONS = (("a", "甲", "one"), ("b", "乙", "two"))


def test_a_typed_answer_is_optional_unless_said_otherwise() -> None:
    assert not ask("x", "问", "ask").required
    assert ask("x", "问", "ask", "number", required=True).kind == "number"


def test_pick_takes_one_and_tick_takes_many() -> None:
    assert pick("x", "问", "ask", *OPTIONS).kind == "singlevaluelist"
    assert tick("x", "问", "ask", *OPTIONS).kind == "multivaluelist"


def test_choices_keep_their_order_and_both_languages() -> None:
    choices = pick("x", "问", "ask", *OPTIONS).choices
    assert [(choice.key, choice.zh, choice.en) for choice in choices] == list(OPTIONS)
