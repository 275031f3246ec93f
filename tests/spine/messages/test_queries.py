"""What somebody was told, and what could not be told."""

import pytest

from bihuan.spine.messages import queries
from bihuan.spine.messages.models import Message, MessageStatus
from tests.spine.messages.made import make_message

pytestmark = pytest.mark.django_db


def test_only_what_failed_is_listed_newest_first() -> None:
    first, second = (make_message(status=MessageStatus.FAILED) for _ in range(2))
    make_message(status=MessageStatus.SENT)
    assert queries.list_failed() == [second, first]
    assert queries.list_failed(limit=1) == [second]
    assert queries.count_failed() == 2


def test_what_was_written_about_a_receipt_is_found_by_it() -> None:
    mine = make_message(about="1")
    make_message(about="2")
    make_message(about="")
    assert queries.list_about("1") == [mine]
    assert queries.list_about("") == []
    assert Message.objects.count() == 3
