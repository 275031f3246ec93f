"""The text in the reader's language; where one is missing, the other."""

import pytest
from django.utils import translation

from bihuan.spine.accounts.named import in_language

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("language", "zh", "en", "shown"),
    [("zh-hans", "电", "power", "电"), ("en", "电", "power", "power"), ("en-gb", "电", "power", "power"),
     ("en", "电", "", "电"), ("zh-hans", "", "power", "power")],
)  # fmt: skip
def test_the_text_is_in_the_readers_language_where_there_is_one(language, zh, en, shown):
    with translation.override(language):
        assert in_language(zh, en) == shown


def test_outside_every_language_it_is_chinese():
    with translation.override(None):
        assert in_language("电", "power") == "电"
