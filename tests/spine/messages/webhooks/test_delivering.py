"""Carrying deliveries out, to a far end on loopback."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.spine.messages.models import Delivery, Endpoint, Message
from bihuan.spine.messages.webhooks import delivering, switching
from bihuan.spine.messages.webhooks.signing import is_signed
from tests.spine.cases.known import NOON, make_world
from tests.spine.messages.webhooks.made import add
from tests.spine.messages.webserver import Far


class Time:
    """A clock that a test turns."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def time() -> Iterator[Time]:
    time = Time()
    with clock.running(time):
        yield time


@pytest.fixture
def endpoint(db: None, far: Far, time: Time) -> Endpoint:
    return add(make_world(), far.url)


def sent(endpoint: Endpoint) -> Delivery:
    delivery = switching.ping(endpoint)
    delivering.deliver_due()
    return fresh(delivery)


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("endpoint").get(pk=delivery.pk)


def test_what_arrives_is_signed_and_taken_once(endpoint: Endpoint, far: Far) -> None:
    delivery = sent(endpoint)
    assert delivering.deliver_due() == 0
    assert (delivery.status, delivery.answered, len(far.asked)) == ("sent", 200, 1)
    asked = far.asked[0]
    assert is_signed(unseal(endpoint.secret_sealed), asked.headers, asked.body)
    assert asked.headers["webhook-id"] == f"msg_{delivery.pk}" and asked.body.decode() == delivery.body
    assert asked.headers["webhook-timestamp"] == str(int(NOON.timestamp()))


def test_a_failure_is_tried_for_days_each_time_later_then_given_up(
    endpoint: Endpoint, far: Far, time: Time
) -> None:
    far.status = 500
    delivery, tried = switching.ping(endpoint), []
    while (delivery := fresh(delivery)).status == "waiting":
        time.now = max(time.now, delivery.due_at)
        tried.append(time.now)
        assert delivering.deliver_due() == 1
    waits = [(b - a).total_seconds() for a, b in pairwise(tried)]
    assert len(tried) == 10 and timedelta(days=2, hours=20) < tried[-1] - tried[0] < timedelta(
        days=3, hours=12
    )
    assert all(0.9 <= wait / due <= 1.1 for wait, due in zip(waits, delivering.WAITS_S, strict=True))
    assert (delivery.status, delivery.answered, len({one.headers["webhook-id"] for one in far.asked})) == (
        "failed",
        500,
        1,
    )
    assert not fresh(delivery).endpoint.is_active and fresh(delivery).endpoint.off_why == switching.SILENT


def test_at_410_it_is_switched_off_and_who_made_it_is_told(endpoint: Endpoint, far: Far) -> None:
    far.status = 410
    assert sent(endpoint).status == "failed"
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.off_why) == (False, switching.GONE)
    assert endpoint.url in Message.objects.get(template="webhook_off").body
    switching.ping(endpoint)
    assert delivering.deliver_due() == 0


@pytest.mark.parametrize(
    ("said", "least"), [("900", 900), ("999999999999", 4), ("soon", 4), ("86400", 86_400)]
)
def test_the_far_end_says_when_to_come_again(endpoint: Endpoint, far: Far, said: str, least: int) -> None:
    far.status, far.headers = 503, {"Retry-After": said}
    assert (sent(endpoint).due_at - NOON).total_seconds() >= least


def test_a_redirect_and_nobody_there_are_failures(endpoint: Endpoint, far: Far, time: Time) -> None:
    far.status = 301
    assert sent(endpoint).error == "HTTP 301"
    Endpoint.objects.update(url="http://127.0.0.1:9/")
    delivery = sent(endpoint)
    assert delivery.status == "waiting" and "Refused" in delivery.error


def test_an_address_that_became_one_of_ours_is_not_asked(
    endpoint: Endpoint, far: Far, settings: object
) -> None:
    settings.BIHUAN_PRIVATE_TARGETS = False  # type: ignore[attr-defined]
    assert sent(endpoint).status == "waiting" and not far.asked


def test_of_two_couriers_one_gets_it_and_a_lease_that_ran_out_is_taken_over(
    endpoint: Endpoint, far: Far, time: Time
) -> None:
    delivery = switching.ping(endpoint)
    Delivery.objects.filter(pk=delivery.pk).update(claimed_until=NOON + timedelta(seconds=9), attempts=1)
    assert delivering.deliver_due() == 0
    time.now = NOON + timedelta(seconds=10)
    assert delivering.deliver_due() == 1 and fresh(delivery).status == "sent"


def test_success_ends_the_count_of_failing(endpoint: Endpoint, far: Far, time: Time) -> None:
    far.status = 500
    sent(endpoint)
    assert Endpoint.objects.get().failing_since == NOON
    far.status, time.now = 204, NOON + timedelta(minutes=1)
    delivering.deliver_due()
    assert Endpoint.objects.get().failing_since is None


def test_for_a_day_both_secrets_sign(endpoint: Endpoint, far: Far, time: Time) -> None:
    old, new = unseal(endpoint.secret_sealed), switching.change_secret(endpoint=endpoint, by=endpoint.made_by)
    sent(Endpoint.objects.get())
    time.now = NOON + timedelta(hours=25)
    sent(Endpoint.objects.get())
    proved = [[is_signed(key, one.headers, one.body) for key in (old, new)] for one in far.asked]
    assert proved == [[True, True], [False, True]]


def test_what_is_over_for_a_month_is_dropped(endpoint: Endpoint, far: Far, time: Time) -> None:
    sent(endpoint)
    switching.ping(endpoint)
    time.now = NOON + timedelta(days=31)
    assert delivering.forget_old() == 1 and Delivery.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_courier_works_beside_the_rounds(far: Far) -> None:
    endpoint = add(make_world(), far.url)
    courier = delivering.Courier()
    assert courier.step() == 0
    switching.ping(endpoint)
    assert courier.step() == 1
    courier.wait()
    assert Delivery.objects.get().status == "sent"
