"""Names in two languages; what a person is called."""

import pytest
from django.utils import translation

from bihuan.spine.accounts.models import Agency, User

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("zh", "en", "language", "shown"),
    [("供电", "Power", "zh-hans", "供电"), ("供电", "Power", "en", "Power"), ("供电", "", "en", "供电")],
)
def test_a_name_is_in_the_readers_language_where_there_is_one(zh, en, language, shown):
    with translation.override(language):
        assert str(Agency(name_zh=zh, name_en=en)) == shown


def test_staff_are_called_by_their_display_name():
    assert str(User(username="u17", display_name="Ben")) == "Ben"
    assert str(User(username="u17")) == "u17"
