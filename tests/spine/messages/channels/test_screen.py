"""The screen."""

import pytest

from bihuan.spine.messages.channels.screen import Screen
from tests.spine.messages.made import make_message


@pytest.mark.django_db
def test_the_row_is_the_message_and_delivering_changes_nothing() -> None:
    message = make_message()
    before = dict(vars(message))
    Screen().deliver(message, "")
    assert vars(message) == before
    assert Screen().is_immediate
