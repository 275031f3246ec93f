"""The limit of wrong receipts and digits from one address."""

from datetime import timedelta

import pytest
from django.http import Http404

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.cases.guessing import GUESSES, REST, TooMany, watched
from bihuan.spine.cases.models import Guesser
from tests.spine.cases.known import NOON

pytestmark = pytest.mark.django_db
HERE = "203.0.113.7"


def guess(address: str | None, error: Exception) -> None:
    with pytest.raises(type(error)), watched(address):
        raise error


def wear_out(address: str = HERE) -> None:
    for _ in range(GUESSES):
        guess(address, Http404())


def test_after_many_wrong_receipts_even_a_right_one_waits() -> None:
    wear_out()
    with pytest.raises(TooMany), watched(HERE):
        pytest.fail("an address that rests came through")


def test_other_addresses_go_on() -> None:
    wear_out()
    with watched("203.0.113.8"):
        pass


def test_wrong_digits_count_and_what_is_no_guess_does_not() -> None:
    guess(HERE, Refused("these don't belong together", code="mismatch"))
    guess(HERE, Refused("twelve digits, please", code="receipt"))
    assert Guesser.objects.get().count == 1


def test_the_rest_ends_and_nothing_is_left_of_it() -> None:
    with clock.running(lambda: NOON):
        wear_out()
    with clock.running(lambda: NOON + REST + timedelta(seconds=1)):
        with watched(HERE):
            pass
        guess("203.0.113.8", Http404())
    assert Guesser.objects.count() == 1


def test_all_addresses_of_an_ipv6_network_are_one() -> None:
    guess("2001:db8::1", Http404())
    guess("2001:db8::ffff:2", Http404())
    assert Guesser.objects.get().count == 2


def test_the_address_itself_is_not_kept() -> None:
    guess(HERE, Http404())
    assert HERE not in Guesser.objects.get().key


def test_without_an_address_nothing_is_counted() -> None:
    guess(None, Http404())
    assert not Guesser.objects.exists()
