"""Keeping and finding what is remembered of conversations."""

from collections.abc import Callable
from datetime import timedelta

from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash, seal, unseal
from bihuan.spine.messages.models import Correspondent, Heard, Waiting

KEPT = timedelta(days=2)
BUSY_S = 30


def once(key: str, answer: Callable[[], str]) -> str:
    """Answer a message once; a second one under the same key is given the same words.

    While the first is being answered a second one gets none; when the first died, the next is answered anew.
    """
    now = clock.now()
    try:
        with transaction.atomic():
            heard = Heard.objects.create(key=key[:80], at=now)
    except IntegrityError:
        heard = Heard.objects.get(key=key[:80])
        if heard.is_done or heard.at > now - clock.lasting(BUSY_S):
            return heard.reply
    reply = answer()
    Heard.objects.filter(pk=heard.pk).update(reply=reply, is_done=True)
    return reply


def remember(receipt: str, channel: str, address: str) -> None:
    """Keep from where an ask came."""
    known = {
        "channel": channel, "address_sealed": seal(address), "address_hash": keyed_hash(address), "at": clock.now(),
    }  # fmt: skip
    Correspondent.objects.get_or_create(receipt=receipt, defaults=known)


def address_of(receipt: str) -> str:
    """Return from where an ask came, nothing where that was a telephone or is forgotten."""
    found = Correspondent.objects.filter(receipt=receipt).first()
    return unseal(found.address_sealed) if found else ""


def receipts_of(address: str) -> list[str]:
    """Return the receipts of what came from an address, newest first."""
    found = Correspondent.objects.filter(address_hash=keyed_hash(address)).order_by("-id")
    return list(found.values_list("receipt", flat=True)[:50])


def wait(address: str, words: str, receipts: list[str]) -> None:
    """Keep words until it is clear which of several asks they are about; only the latest wait."""
    Waiting.objects.update_or_create(
        address_hash=keyed_hash(address),
        defaults={"words_sealed": seal(words), "receipts": receipts, "at": clock.now()},
    )


def choose(address: str, number: int) -> tuple[str, str] | None:
    """Return the receipt that a number chooses and the words that waited for it; None when nothing fits."""
    waiting = Waiting.objects.filter(address_hash=keyed_hash(address), at__gt=clock.now() - KEPT).first()
    if waiting is None or not 1 <= number <= len(waiting.receipts):
        return None
    if not Waiting.objects.filter(pk=waiting.pk).delete()[0]:
        return None
    return waiting.receipts[number - 1], unseal(waiting.words_sealed)


def forget_old() -> int:
    """Drop what nobody comes back to; return how much."""
    before = clock.now() - KEPT
    heard = Heard.objects.filter(at__lt=before).delete()[0]
    return heard + Waiting.objects.filter(at__lt=before).delete()[0]
