"""Carrying waiting messages out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from smtplib import SMTPRecipientsRefused

import pytest
from django.db import connection

from bihuan.kernel import clock
from bihuan.spine.messages import sending
from bihuan.spine.messages.channels.choosing import ALL
from bihuan.spine.messages.models import Message, MessageStatus
from bihuan.spine.messages.queries import list_failed
from tests.spine.cases.known import NOON
from tests.spine.messages.made import PHONE, make_message

MAIL = "ana@example.org"


class Carrier:
    """A channel that remembers what it carried, and fails when told to."""

    name = "file"
    is_immediate = False

    def __init__(self) -> None:
        self.carried: list[tuple[int, str]] = []
        self.error: Exception | None = None

    def reaches(self, address: str) -> bool:
        return bool(address)

    def deliver(self, message: Message, address: str) -> None:
        if self.error:
            raise self.error
        self.carried.append((message.pk, address))


@pytest.fixture(autouse=True)
def carrier(monkeypatch: pytest.MonkeyPatch) -> Iterator[Carrier]:
    carrier = Carrier()
    monkeypatch.setitem(ALL, "file", carrier)
    with clock.running(lambda: NOON):
        yield carrier


def at(seconds: float) -> int:
    """Send what is due so many seconds after noon."""
    with clock.running(lambda: NOON + timedelta(seconds=seconds)):
        return sending.send_due()


@pytest.mark.django_db
def test_a_waiting_message_is_carried_to_its_address_once(carrier: Carrier) -> None:
    message = make_message()
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert carrier.carried == [(message.pk, PHONE)]
    message.refresh_from_db()
    assert (message.status, message.ended_at, message.attempts) == (MessageStatus.SENT, NOON, 1)


@pytest.mark.django_db
def test_what_is_not_due_yet_waits(carrier: Carrier) -> None:
    make_message(due_at=NOON + timedelta(seconds=5))
    assert (at(0), at(5)) == (0, 1)


@pytest.mark.django_db
def test_the_oldest_go_first_and_no_more_than_the_limit(carrier: Carrier) -> None:
    late, early = (make_message(due_at=NOON - timedelta(seconds=n)) for n in (1, 2))
    assert sending.send_due(limit=1) == 1
    assert carrier.carried == [(early.pk, PHONE)]
    assert Message.objects.get(pk=late.pk).status == MessageStatus.WAITING


@pytest.mark.django_db
def test_a_failed_try_is_repeated_later_and_says_why(carrier: Carrier) -> None:
    message = make_message()
    carrier.error = ConnectionRefusedError("nobody there")
    assert at(0) == 1
    message.refresh_from_db()
    assert (message.status, message.error) == (
        MessageStatus.WAITING,
        "ConnectionRefusedError: nobody there",
    )
    assert message.due_at == NOON + timedelta(seconds=sending.FIRST_WAIT_S)
    carrier.error = None
    assert (at(sending.FIRST_WAIT_S - 1), at(sending.FIRST_WAIT_S)) == (0, 1)
    message.refresh_from_db()
    assert (message.status, message.error) == (MessageStatus.SENT, "")


@pytest.mark.once
def test_each_wait_is_twice_the_one_before_up_to_an_hour() -> None:
    waits = [sending.wait_s(n) for n in range(1, sending.TRIES + 4)]
    assert waits[0] == sending.FIRST_WAIT_S
    assert all(later == min(2 * sooner, sending.LONGEST_WAIT_S) for sooner, later in pairwise(waits))


@pytest.mark.django_db
def test_after_the_last_try_a_person_sees_it(carrier: Carrier) -> None:
    message = make_message()
    carrier.error = TimeoutError("too slow")
    tries = sum(at(hour * 3600) for hour in range(20))
    assert tries == sending.TRIES
    assert list_failed() == [message]
    assert list_failed()[0].ended_at is not None


@pytest.mark.django_db
def test_one_that_fails_keeps_no_other_waiting(carrier: Carrier) -> None:
    make_message(channel="pigeon", due_at=NOON - timedelta(seconds=9))
    good = make_message()
    assert sending.send_due() == 2
    assert carrier.carried == [(good.pk, PHONE)]


@pytest.mark.django_db
def test_the_error_that_is_kept_does_not_hold_the_address(carrier: Carrier) -> None:
    message = make_message(MAIL)
    carrier.error = SMTPRecipientsRefused({MAIL: (550, b"unknown " + MAIL.encode())})
    sending.send_due()
    message.refresh_from_db()
    assert "550" in message.error
    assert MAIL not in message.error


@pytest.mark.django_db
def test_an_address_that_retention_has_taken_away_is_not_sent_to(carrier: Carrier) -> None:
    message = make_message(address_sealed=None)
    sending.send_due()
    message.refresh_from_db()
    assert (carrier.carried, message.status) == ([], MessageStatus.WAITING)
    assert "address is gone" in message.error


@pytest.mark.django_db
def test_what_a_killed_worker_had_in_hand_is_sent_when_its_lease_is_over(carrier: Carrier) -> None:
    message = make_message()
    carrier.error = SystemExit(9)  # type: ignore[assignment]
    with pytest.raises(SystemExit):
        at(0)
    carrier.error = None
    assert (at(sending.LEASE_S - 1), at(sending.LEASE_S + 1)) == (0, 1)
    assert carrier.carried == [(message.pk, PHONE)]


@pytest.mark.django_db
def test_a_worker_that_outlived_its_lease_undoes_nothing(carrier: Carrier) -> None:
    message = make_message()
    plain = carrier.deliver

    def slow(mine: Message, address: str) -> None:
        carrier.deliver = plain  # type: ignore[method-assign]
        at(sending.LEASE_S + 1)
        raise TimeoutError

    carrier.deliver = slow  # type: ignore[method-assign]
    at(0)
    message.refresh_from_db()
    assert (message.status, message.attempts) == (MessageStatus.SENT, 2)


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_message_once(carrier: Carrier) -> None:
    numbers = [make_message().pk for _ in range(40)]

    def work(_: int) -> int:
        try:
            return sending.send_due(limit=100)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 40
    assert sorted(number for number, _ in carrier.carried) == numbers


@pytest.mark.django_db
def test_what_is_due_is_found_by_an_index() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "message_way_due" in sending.due(NOON).filter(channel="sms").order_by("due_at").explain()
