"""Fetching pictures from where carriers hold them; each row is claimed by a conditional update.

A picture goes through the same hands as one from the web form: proved to be one, made anew without its notes. Of two
workers one puts it to its Submission. A killed worker leaves the row to be fetched again when its lease is over.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from urllib.parse import urljoin

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.door.models import Submission
from bihuan.spine.door.photos import remove_file, write_photo
from bihuan.spine.messages import outside
from bihuan.spine.messages.channels import wechat, wecom
from bihuan.spine.messages.pictures.models import Picture

BATCH = 10
LEASE_S = 120
TRIES = 6
FIRST_WAIT_S = 30
HOPS = 3
KEPT = timedelta(days=14)

Fetch = Callable[[str], bytes]
CARRIERS: dict[str, Fetch] = {"wechat": wechat.CALLER.media, "wecom": wecom.CALLER.media}
"""Carriers whose pictures have numbers, by the name before the colon."""

log = logging.getLogger(__name__)


def fetch_due(limit: int = BATCH) -> int:
    """Fetch what is due, oldest first; return how many were tried."""
    numbers = list(_due().order_by("due_at").values_list("pk", flat=True)[:limit])
    return sum(_fetch(number) for number in numbers)


def forget_old() -> int:
    """Drop what could not be had; return how many."""
    return Picture.objects.filter(ended_at__lt=clock.now() - KEPT).delete()[0]


def _due() -> QuerySet[Picture]:
    now = clock.now()
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    return Picture.objects.filter(is_free, ended_at__isnull=True, due_at__lte=now)


def _fetch(number: int) -> bool:
    lease = clock.now() + clock.lasting(LEASE_S)
    if not _due().filter(pk=number).update(claimed_until=lease, attempts=F("attempts") + 1):
        return False
    picture = Picture.objects.get(pk=number)
    try:
        _put(picture, _raw(unseal(picture.source_sealed)))
    except Refused as refused:
        # It may not be fetched, or is no picture: another try would end the same way.
        _put_off(picture, refused.code or "refused", is_last=True)
    except Exception as error:
        _put_off(picture, type(error).__name__, is_last=picture.attempts >= TRIES)
    return True


def _put(picture: Picture, raw: bytes) -> None:
    photo = write_photo(BytesIO(raw))
    try:
        with transaction.atomic():
            mine = Picture.objects.filter(pk=picture.pk, attempts=picture.attempts)
            if not mine.delete()[0]:
                raise Refused("another worker has it", code="other")
            photo.submission = Submission.objects.only("id").get(receipt=picture.receipt)
            photo.save(force_insert=True)
    except BaseException:
        remove_file(photo)
        raise


def _put_off(picture: Picture, error: str, *, is_last: bool) -> None:
    log.warning("Picture %s, try %d: %s", picture.pk, picture.attempts, error)
    now = clock.now()
    wait = clock.lasting(FIRST_WAIT_S << (picture.attempts - 1))
    mine = Picture.objects.filter(pk=picture.pk, attempts=picture.attempts)
    mine.update(claimed_until=None, due_at=now + wait, error=error[:200], ended_at=now if is_last else None)


def _raw(source: str) -> bytes:
    carrier, _, number = source.partition(":")
    return CARRIERS[carrier](number) if carrier in CARRIERS else fetch_address(source)


def fetch_address(url: str) -> bytes:
    """Fetch a picture from the open network, over at most ``HOPS`` redirects, each looked at like the first.

    Raises
    ------
    Refused
        when an address lies in a network of ours, or the picture is too large.
    OSError
        when it can't be had.
    """
    for _hop in range(HOPS + 1):
        reply = outside.ask("GET", url, most_bytes=settings.BIHUAN_PHOTO_BYTES + 1)
        if reply.status not in {301, 302, 303, 307, 308}:
            break
        url = urljoin(url, reply.headers.get("location", ""))
    if reply.status != 200:
        raise OSError(f"HTTP {reply.status}")
    return reply.body
