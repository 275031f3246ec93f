"""Requests that are done once."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.accounts import once
from bihuan.spine.accounts.models import Repeat

pytestmark = pytest.mark.django_db


def keep(row: Repeat) -> None:
    once.keep(row, status=200, content_type="application/json", etag="", body='{"door": "3-201"}')


def later(**by: float) -> object:
    at = clock.now() + timedelta(**by)
    return clock.running(lambda: at)


def test_who_comes_first_does_it_and_the_next_finds_the_answer() -> None:
    first = once.claim("key", "body")
    assert first.status is None
    keep(first)
    again = once.claim("key", "body")
    assert (again.status, unseal(again.body_sealed)) == (200, '{"door": "3-201"}')


def test_the_answer_is_sealed_at_rest() -> None:
    keep(once.claim("key", "body"))
    assert b"3-201" not in bytes(Repeat.objects.get().body_sealed or b"")


def test_while_it_is_done_a_repeat_is_told_so() -> None:
    once.claim("key", "body")
    with pytest.raises(once.InProgress):
        once.claim("key", "body")


def test_the_same_key_with_something_else_is_refused() -> None:
    keep(once.claim("key", "body"))
    with pytest.raises(Refused) as refused:
        once.claim("key", "another body")
    assert (refused.value.status, refused.value.code) == (422, "key_used")


def test_what_a_killed_process_left_is_taken_over_and_the_dead_one_can_keep_nothing() -> None:
    dead = once.claim("key", "body")
    with later(seconds=once.CLAIM_S + 1):  # type: ignore[attr-defined]
        heir = once.claim("key", "body")
        assert heir.status is None
        with pytest.raises(once.InProgress):
            keep(dead)
        keep(heir)
    assert Repeat.objects.get().status == 200


def test_a_refusal_gives_the_key_back() -> None:
    once.free(once.claim("key", "body"))
    assert once.claim("key", "another body").status is None


def test_an_answer_that_was_kept_is_not_given_back() -> None:
    row = once.claim("key", "body")
    keep(row)
    once.free(row)
    assert once.claim("key", "body").status == 200


def test_after_a_day_the_key_is_new_and_the_row_is_dropped() -> None:
    keep(once.claim("key", "body"))
    keep(once.claim("other", "body"))
    with later(hours=24, seconds=1):  # type: ignore[attr-defined]
        assert once.claim("key", "another body").status is None
        assert once.drop_old() == 1
    assert Repeat.objects.get().name == "key"
