"""Answers that are written once."""

import pytest

from bihuan.kernel.errors import Forbidden
from bihuan.spine.cases.models import CannedAnswer
from bihuan.spine.cases.surge import canned
from tests.spine.cases.known import World


@pytest.mark.parametrize("text", ["{case.askers}", "{0}", "{receipt!r}", "%(receipt)s", "{phone}", "{{", "{"])
def test_what_is_no_placeholder_stays_as_it_was_written(text: str) -> None:
    assert canned.render(text, {"receipt": "1"}) == text


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again() -> None:
    assert canned.render("{place}", {"place": "{receipt}", "receipt": "1"}) == "{receipt}"


def test_an_officer_keeps_no_answers(world: World) -> None:
    with pytest.raises(Forbidden):
        canned.keep(by=world.ben, title="x", text_zh="x", agency=world.grid)


def test_a_supervisor_can_not_take_over_another_offices_answer(world: World) -> None:
    other = CannedAnswer.objects.create(agency=world.water, title="x", text_zh="x")
    with pytest.raises(Forbidden):
        canned.keep(by=world.sam, title="y", text_zh="y", agency=world.grid, answer=other)
