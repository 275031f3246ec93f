"""Requests that carry an Idempotency-Key: done once, answered as often as they are sent.

A row claims the request before it is done; the answer is kept in the transaction of the deed. A process that is
killed in between leaves a claim without an answer and nothing done: after ``CLAIM_S`` real seconds the next one to
come takes it over, and were the first alive after all, its transaction fails.
"""

import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import seal
from bihuan.spine.accounts.models import Repeat

KEPT_FOR = timedelta(hours=24)
CLAIM_S = 30


class InProgress(Conflict):
    """The same request is being done; its answer can be had in a moment."""

    def __init__(self) -> None:
        super().__init__(_("The same request is being done right now."), code="in_progress")


def claim(name: str, fingerprint: str) -> Repeat:
    """Return the row of a request: without ``status`` it is ours to do, else it holds the answer.

    Refuses a key that was sent with something else, and a request that somebody does right now.
    """
    row = Repeat.objects.filter(name=name).first()
    if row is None:
        return _begin(name, fingerprint)
    is_left = row.status is None and row.claimed_at <= clock.ago(CLAIM_S)
    if is_left or row.claimed_at <= clock.now() - KEPT_FOR:
        return _take_over(row, fingerprint)
    if row.fingerprint != fingerprint:
        words = _("This Idempotency-Key was sent with another request.")
        raise Refused(words, code="key_used", field="Idempotency-Key")
    if row.status is None:
        raise InProgress
    return row


def keep(row: Repeat, *, status: int, content_type: str, etag: str, body: str) -> None:
    """Keep the answer, in the transaction of the deed; fails when somebody took the request over."""
    mine = Repeat.objects.filter(pk=row.pk, mark=row.mark)
    if not mine.update(status=status, content_type=content_type, etag=etag, body_sealed=seal(body)):
        raise InProgress


def free(row: Repeat) -> None:
    """Give a claim back: nothing was done, and the key can be sent again, also with something else."""
    Repeat.objects.filter(pk=row.pk, mark=row.mark, status__isnull=True).delete()


def drop_old(*, is_dry_run: bool = False) -> int:
    """Drop answers whose time has run out; return how many."""
    old = Repeat.objects.filter(claimed_at__lte=clock.now() - KEPT_FOR)
    return old.count() if is_dry_run else old.delete()[0]


def _begin(name: str, fingerprint: str) -> Repeat:
    row = Repeat(name=name, fingerprint=fingerprint, mark=_new_mark(), claimed_at=clock.now())
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise InProgress from None
    return row


def _take_over(row: Repeat, fingerprint: str) -> Repeat:
    mine = {"fingerprint": fingerprint, "mark": _new_mark(), "claimed_at": clock.now(), "status": None}
    if not Repeat.objects.filter(pk=row.pk, mark=row.mark).update(body_sealed=None, etag="", **mine):
        raise InProgress
    row.refresh_from_db()
    return row


def _new_mark() -> str:
    return secrets.token_hex(8)
