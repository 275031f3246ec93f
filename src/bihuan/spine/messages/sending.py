"""Carrying waiting messages out, one after the other.

A worker claims a message by a conditional update and holds it for a lease; of two workers one gets it. A message
goes out at least once: a worker that dies between handing it over and writing that down leaves it to be
sent again when the lease is over. Its number goes with it, so that the far end can tell.
"""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.private import unseal
from bihuan.spine.messages.channels import states
from bihuan.spine.messages.channels.choosing import ALL
from bihuan.spine.messages.models import Message, MessageStatus
from bihuan.spine.messages.telling import tell_audit
from bihuan.spine.messages.wording import with_link

BATCH = 100
LEASE_S = 120
TRIES = 8
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 3600
ERROR_LIMIT = 300
NEAR = ("file",)
"""Channels on this machine, which nobody has to wait for."""

log = logging.getLogger(__name__)


def send_due(limit: int = BATCH, among: Q | None = None) -> int:
    """Send what is due (``among`` says of what), oldest first and at most ``limit``; return how many were tried."""
    waiting = due(clock.now()).filter(among or Q())
    numbers = list(waiting.order_by("due_at").values_list("pk", flat=True)[:limit])
    return sum(_send(number) for number in numbers)


def due(now: datetime) -> QuerySet[Message]:
    """Return the messages that may be tried now: waiting, due, and in no worker's hands."""
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Message.objects.filter(is_free, status=MessageStatus.WAITING, due_at__lte=now)


def _send(number: int) -> bool:
    """Try one message; False when another worker has it."""
    now = clock.now()
    lease = now + clock.lasting(LEASE_S)
    if not due(now).filter(pk=number).update(claimed_until=lease, attempts=F("attempts") + 1):
        return False
    message = Message.objects.get(pk=number)
    address = ""
    try:
        address = unseal(message.address_sealed)
        _deliver(message, address)
    except Exception as error:
        told = _told(error, address)
        _put_off(message, told)
        states.mark_failed(message.channel, states.OUT, told)
    else:
        _end(message, MessageStatus.SENT, "")
        states.mark_worked(message.channel, states.OUT)
    return True


def _deliver(message: Message, address: str) -> None:
    channel = ALL.get(message.channel)
    if channel is None:
        raise LookupError(f"there is no channel called {message.channel!r}")
    if not channel.reaches(address):
        raise LookupError("the address is gone or not one of this channel")
    if message.link_sealed:
        message.body = with_link(message.body, unseal(message.link_sealed))
    channel.deliver(message, address)


def _told(error: Exception, address: str) -> str:
    """Say what went wrong without the address, which servers like to repeat."""
    text = f"{type(error).__name__}: {error}"
    return (text.replace(address, "…") if address else text)[:ERROR_LIMIT]


def _put_off(message: Message, error: str) -> None:
    """Try again later, each time later than before; after the last try leave it for a person to see."""
    log.warning("Message %s, try %d: %s", message.pk, message.attempts, error)
    if message.attempts >= TRIES:
        _end(message, MessageStatus.FAILED, error)
        return
    wait = clock.lasting(wait_s(message.attempts))
    _write(message, due_at=clock.now() + wait, claimed_until=None, error=error)


def wait_s(attempts: int) -> int:
    """Return how many seconds to wait after so many tries: twice as long each time, up to an hour."""
    return min(LONGEST_WAIT_S, FIRST_WAIT_S << (attempts - 1))


@transaction.atomic
def _end(message: Message, status: MessageStatus, error: str) -> None:
    # A link that has gone out is its reader's alone from now on.
    gone: dict[str, object] = {"link_sealed": None} if status == MessageStatus.SENT else {}
    if _write(message, status=status, ended_at=clock.now(), claimed_until=None, error=error, **gone):
        message.status = status
        tell_audit([message])


def _write(message: Message, **fields: object) -> bool:
    # Only while the claim is ours: one that outlived its lease must not undo what came after.
    mine = Message.objects.filter(pk=message.pk, attempts=message.attempts, status=MessageStatus.WAITING)
    return bool(mine.update(**fields))
