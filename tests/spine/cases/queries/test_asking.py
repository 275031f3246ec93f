"""An asker's way in: receipt and last digits."""

import time
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import translation

from bihuan.kernel import clock, ids
from bihuan.kernel.errors import Refused
from bihuan.spine.cases import queries
from bihuan.spine.cases.models import Asker, Guess
from bihuan.spine.cases.queries.asking import GUESSES, REST
from tests.spine.cases.known import NOON, World, make_case, make_submission


def make_asker(world: World) -> Asker:
    return make_case(world).askers.get()


def refusal(receipt: str, digits: str) -> str:
    with pytest.raises(Refused) as refused:
        queries.asker_of(receipt, digits)
    return refused.value.message


def test_receipt_and_digits_open_the_case(world: World) -> None:
    asker = make_asker(world)
    assert queries.asker_of(asker.submission.receipt, "5526") == asker


def test_a_receipt_may_be_typed_with_spaces_dashes_and_wide_digits(world: World) -> None:
    asker = make_asker(world)
    typed = ids.format_receipt(asker.submission.receipt).replace(" ", " - ")
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in "5526")
    assert queries.asker_of(typed, wide) == asker


def test_a_mistyped_receipt_is_called_a_typing_error(world: World) -> None:
    receipt = make_asker(world).submission.receipt
    wrong = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    with translation.override("en"):
        assert "typing error" in refusal(wrong, "5526")
        assert "typing error" in refusal("hello", "5526")


def test_wrong_digits_and_an_unknown_receipt_are_told_the_same(world: World) -> None:
    receipt = make_asker(world).submission.receipt
    unknown = ids.new_receipt(lambda _: 7)
    assert len({refusal(receipt, "0000"), refusal(receipt, ""), refusal(unknown, "5526")}) == 1


def test_after_some_wrong_tries_even_the_right_digits_wait_and_hear_the_same_words(world: World) -> None:
    receipt = make_asker(world).submission.receipt
    with clock.running(lambda: NOON):
        messages = {refusal(receipt, f"{guess:04}") for guess in range(GUESSES)}
        assert refusal(receipt, "5526") in messages
        assert len(messages) == 1


def test_the_rest_ends_after_some_minutes(world: World) -> None:
    asker = make_asker(world)
    with clock.running(lambda: NOON):
        for guess in range(GUESSES):
            refusal(asker.submission.receipt, f"{guess:04}")
    with clock.running(lambda: NOON + REST):
        assert queries.asker_of(asker.submission.receipt, "5526") == asker


def test_the_right_digits_wipe_out_earlier_slips(world: World) -> None:
    receipt = make_asker(world).submission.receipt
    for _ in range(3):
        for guess in range(GUESSES - 1):
            refusal(receipt, f"{guess:04}")
        queries.asker_of(receipt, "5526")
    assert not Guess.objects.exists()


def test_tries_at_one_receipt_do_not_lock_another(world: World) -> None:
    first, second = make_asker(world), make_asker(world)
    for guess in range(GUESSES):
        refusal(first.submission.receipt, f"{guess:04}")
    assert queries.asker_of(second.submission.receipt, "5526") == second


def test_who_left_no_telephone_is_known_by_the_receipt_alone(world: World) -> None:
    case = make_case(world, askers=0)
    submission = make_submission(phone="")
    asker = Asker.objects.create(case=case, first_case=case, submission=submission)
    assert queries.asker_of(submission.receipt, "") == asker


def test_what_is_not_sorted_yet_is_said_to_be_safe(db: None) -> None:
    submission = make_submission()
    with pytest.raises(queries.NotSorted):
        queries.asker_of(submission.receipt, "5526")
    assert queries.submission_of(submission.receipt, "5526") == submission


def test_digits_in_any_writing_are_compared(world: World) -> None:
    receipt = make_asker(world).submission.receipt
    assert refusal(receipt, "é") == refusal(receipt, "\ud800")


@pytest.mark.django_db(transaction=True)
def test_of_many_tries_at_once_only_the_allowed_ones_are_judged() -> None:
    receipt = make_submission().receipt
    judged = 0

    def count(*pair: bytes) -> bool:
        nonlocal judged
        judged += 1
        time.sleep(0.02)
        return False

    def guess(number: int) -> None:
        try:
            refusal(receipt, f"{number:04}")
        finally:
            connection.close()

    with patch("bihuan.spine.cases.queries.asking.hmac.compare_digest", count), ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(24)))
    assert judged == GUESSES
