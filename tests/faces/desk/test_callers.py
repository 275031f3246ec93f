"""What the form begins with for a caller."""

import pytest
from django.http import Http404

from bihuan.faces.desk.callers import call_of, caller_of
from bihuan.spine.messages.calls.reading import client_id_of
from tests.faces.desk.conftest import SignIn  # noqa: F401 - the fixtures of the desk
from tests.spine.cases.known import World, make_submission
from tests.spine.messages.calls.made import PHONE, ring


@pytest.mark.parametrize(
    ("spoken", "expected"), [("en", "en"), ("zh-CN", "zh-hans"), ("ug", None), ("", None)]
)
def test_the_language_is_that_of_the_last_ask_where_we_speak_it(
    world: World, spoken: str, expected: str | None
) -> None:
    make_submission(PHONE, language=spoken, site="星河小区")
    begin = caller_of(ring(), world.olga).initial
    assert (begin.get("language"), begin["site"]) == (expected, "星河小区")


def test_of_a_stranger_only_the_call_is_known(world: World) -> None:
    call = ring()
    caller = caller_of(call, world.olga)
    assert caller.initial == {"client_id": client_id_of(call)}
    assert (caller.cases, caller.notes, caller.known) == ([], [], None)


def test_no_call_is_named_by_nothing(world: World) -> None:
    assert call_of("") is None
    with pytest.raises(Http404):
        call_of("7")
