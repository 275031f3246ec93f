"""Calls and seats, as the database keeps them."""

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.messages.models import Call, Extension
from tests.spine.messages.calls.made import PHONE, ring

pytestmark = pytest.mark.django_db


def test_a_callers_number_lies_sealed_and_is_shown_masked() -> None:
    call = ring()
    assert PHONE.encode() not in bytes(call.phone_sealed or b"")
    assert (call.masked, call.phone) == ("•••• 5526", PHONE)


def test_the_exchanges_number_of_a_call_stands_once() -> None:
    ring("one")
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.create(call_id="one", rang_at=clock.now())


def test_one_person_sits_at_one_extension() -> None:
    person = User.objects.create_user("olga")
    Extension.objects.create(number="8001", person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(number="8002", person=person)
