"""Keeping and finding what is remembered of conversations."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.kernel.private import keyed_hash, seal, unseal
from bihuan.spine.messages.models import Correspondent, Heard, Waiting

KEPT = timedelta(days=2)


def key_of(channel: str, address: str, number: str) -> str:
    """Return the key of a message: the sender belongs to it, since numbers of mails are the sender's to choose."""
    whose = f"{address}\n{number}"
    return f"{channel[:16]}:{keyed_hash(whose).hex()}"


def answer_to(key: str) -> str | None:
    """Return what was answered to a message, None when it was not heard yet."""
    return Heard.objects.filter(key=key).values_list("reply", flat=True).first()


def once(key: str, deed: Callable[[], str]) -> str:
    """Do what a message asks for and keep its answer, in one transaction; a second time only the answer is given.

    Of two at once one does it, and the other waits for its answer. When the first dies, nothing was done.
    """
    try:
        with transaction.atomic():
            heard = Heard.objects.create(key=key, at=clock.now())
            reply = deed()
            Heard.objects.filter(pk=heard.pk).update(reply=reply)
            return reply
    except IntegrityError:
        first = answer_to(key)
        if first is None:
            raise
        return first


def hand_over(key: str, send: Callable[[], None]) -> bool:
    """Send the answer to a message that was heard, once; say whether it was now."""
    with transaction.atomic():
        mine = Heard.objects.filter(key=key, is_answered=False).update(is_answered=True)
        if mine:
            send()
        return bool(mine)


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


def wait(address: str, words: str, pictures: Sequence[str], receipts: list[str]) -> None:
    """Keep words and pictures until it is clear which of several asks they are about; only the latest wait."""
    said = seal(json.dumps([words, *pictures], ensure_ascii=False))
    Waiting.objects.update_or_create(
        address_hash=keyed_hash(address),
        defaults={"words_sealed": said, "receipts": receipts, "at": clock.now()},
    )


def is_choice(address: str, number: int) -> bool:
    """Say whether words wait for which this number is a choice."""
    waiting = _waiting(address)
    return waiting is not None and 1 <= number <= len(waiting.receipts)


def choose(address: str, number: int) -> tuple[str, str, list[str]] | None:
    """Return the receipt that a number chooses, the words and the pictures that waited; None when nothing fits."""
    waiting = _waiting(address)
    if waiting is None or not 1 <= number <= len(waiting.receipts):
        return None
    if not Waiting.objects.filter(pk=waiting.pk).delete()[0]:
        return None
    words, *pictures = json.loads(unseal(waiting.words_sealed))
    return waiting.receipts[number - 1], words, pictures


def _waiting(address: str) -> Waiting | None:
    young = Waiting.objects.filter(at__gt=clock.now() - KEPT)
    return young.filter(address_hash=keyed_hash(address)).first()


def forget_old() -> int:
    """Drop what nobody comes back to; return how much."""
    before = clock.now() - KEPT
    heard = Heard.objects.filter(at__lt=before).delete()[0]
    return heard + Waiting.objects.filter(at__lt=before).delete()[0]
