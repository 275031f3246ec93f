"""Carrying deliveries out: claimed by conditional update, tried over days, each time later than before.

A delivery goes out at least once; its id is the same at each try. The endpoint is switched off when it answers
410 Gone, or when a delivery is given up and nothing was taken in all that time.
"""

import logging
import random
import threading
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.messages import outside
from bihuan.spine.messages.webhooks.models import Delivery, DeliveryStatus, Endpoint
from bihuan.spine.messages.webhooks.signing import headers_of
from bihuan.spine.messages.webhooks.switching import GONE, SILENT, switch_off

BATCH = 20
LEASE_S = 120
WAITS_S = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""The schedule of the specification: three days and more in all."""
JITTER = 0.1
KEPT = timedelta(days=30)
ERROR_LIMIT = 200

log = logging.getLogger(__name__)


class Courier:
    """Carries out beside the worker: a far end that is slow must not keep an ask from being sorted."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None

    def step(self) -> int:
        """Begin to carry out, when something is due and the last round is over."""
        if (self._thread and self._thread.is_alive()) or not due(clock.now()).exists():
            return 0
        self._thread = threading.Thread(target=_carry, name="courier")
        self._thread.start()
        return 1

    def wait(self) -> None:
        """Wait for the round under way."""
        if self._thread:
            self._thread.join()


def _carry() -> None:
    try:
        deliver_due()
    except Exception as error:
        # A database that is away: what was claimed comes back when its lease is over.
        log.warning("webhooks failed: %s: %s", type(error).__name__, str(error).partition("\n")[0])
    finally:
        connection.close()


def deliver_due(limit: int = BATCH) -> int:
    """Carry out what is due, oldest first; return how many were tried."""
    numbers = list(due(clock.now()).order_by("due_at", "id").values_list("pk", flat=True)[:limit])
    return sum(_deliver(number) for number in numbers)


def due(now: datetime) -> QuerySet[Delivery]:
    """Return what may be tried now: waiting, due, in no courier's hands, at an endpoint that is on."""
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = Delivery.objects.filter(is_free, status=DeliveryStatus.WAITING, due_at__lte=now)
    return waiting.filter(endpoint__is_active=True)


def _deliver(number: int) -> bool:
    """Try one; False when another courier has it."""
    now = clock.now()
    lease = now + clock.lasting(LEASE_S)
    claimed = Delivery.objects.filter(pk__in=due(now).filter(pk=number).values("pk"))
    if not claimed.update(claimed_until=lease, attempts=F("attempts") + 1):
        return False
    delivery = Delivery.objects.select_related("endpoint").get(pk=number)
    try:
        reply = _post(delivery)
    except (OSError, Refused, ValueError) as error:
        _put_off(delivery, f"{type(error).__name__}: {error}")
    except Exception as error:  # http.client has many names for an answer that is none
        _put_off(delivery, type(error).__name__)
    else:
        _judge(delivery, reply)
    return True


def _post(delivery: Delivery) -> outside.Reply:
    body, now = delivery.body.encode(), clock.now()
    headers = headers_of(keys_of(delivery.endpoint, now), delivery.message_id, int(now.timestamp()), body)
    return outside.ask("POST", delivery.endpoint.url, body, headers)


def keys_of(endpoint: Endpoint, now: datetime) -> list[str]:
    """Return the secrets that sign now: the present one, and for a while the one before it."""
    keys = [unseal(endpoint.secret_sealed)]
    if endpoint.old_until and endpoint.old_until > now:
        keys.append(unseal(endpoint.old_secret_sealed))
    return keys


def _judge(delivery: Delivery, reply: outside.Reply) -> None:
    if 200 <= reply.status < 300:
        _end(delivery, DeliveryStatus.SENT, answered=reply.status)
        Endpoint.objects.filter(pk=delivery.endpoint_id).update(failing_since=None)
    elif reply.status == 410:
        _end(delivery, DeliveryStatus.FAILED, answered=reply.status)
        switch_off(delivery.endpoint, GONE)
    else:
        _put_off(delivery, f"HTTP {reply.status}", reply)


def _put_off(delivery: Delivery, error: str, reply: outside.Reply | None = None) -> None:
    """Try again later, not before the far end wants to be asked; after the last try give up."""
    now, answered = clock.now(), reply.status if reply else None
    Endpoint.objects.filter(pk=delivery.endpoint_id, failing_since__isnull=True).update(failing_since=now)
    if delivery.attempts > len(WAITS_S):
        _end(delivery, DeliveryStatus.FAILED, answered=answered, error=error[:ERROR_LIMIT])
        _give_up(delivery)
        return
    wait = max(wait_s(delivery.attempts), reply.wait_s if reply else 0)
    _write(
        delivery,
        due_at=now + clock.lasting(wait),
        claimed_until=None,
        answered=answered,
        error=error[:ERROR_LIMIT],
    )


def wait_s(attempts: int) -> float:
    """Return how many seconds to wait after so many tries, a little more or less so that not all come at once."""
    return WAITS_S[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  # no secret hangs on it


def _give_up(delivery: Delivery) -> None:
    endpoint = Endpoint.objects.get(pk=delivery.endpoint_id)
    if endpoint.failing_since and endpoint.failing_since <= delivery.created_at + clock.lasting(
        WAITS_S[0] * 2
    ):
        switch_off(endpoint, SILENT)


@transaction.atomic
def _end(delivery: Delivery, status: DeliveryStatus, *, answered: int | None, error: str = "") -> None:
    _write(delivery, status=status, ended_at=clock.now(), claimed_until=None, answered=answered, error=error)


def _write(delivery: Delivery, **fields: object) -> None:
    # Only while the claim is ours: one that outlived its lease must not undo what came after.
    mine = Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, status=DeliveryStatus.WAITING)
    mine.update(**fields)


def forget_old() -> int:
    """Drop deliveries that are over for a month; return how many."""
    old = Delivery.objects.filter(created_at__lt=clock.now() - KEPT).exclude(status=DeliveryStatus.WAITING)
    return old.delete()[0]
