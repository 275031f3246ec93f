"""Closing Events under signed Merkle roots, one batch after the other."""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef

from bihuan.kernel.clock import now
from bihuan.spine.audit import merkle, signing
from bihuan.spine.audit.canonical import EVENT_FIELDS, event_bytes, seal_bytes, seal_hash
from bihuan.spine.audit.models import Event, Leaf, Seal

BATCH = 5_000
# PostgreSQL hands out ids before commits, so an Event may appear behind ones already sealed. It is
# looked for this many ids back; one that slips even so is found by `verify` and closed by `seal`.
WINDOW = 10_000
TRIES = 5
NO_SEAL_BEFORE = bytes(merkle.HASH_BYTES)


def seal_once(limit: int = BATCH, window: int | None = WINDOW) -> int:
    """Close unsealed Events, oldest first and at most ``limit``, under the next Seal; return how many.

    Of two that seal at once the second finds the number of its Seal taken, and looks again.

    Parameters
    ----------
    limit : the most Events to take in.
    window : how many ids behind the newest sealed Event to look; None looks through the whole log.
    """
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _seal(_unsealed(limit, window))
        except IntegrityError:
            continue
    return 0


def seal_all() -> int:
    """Close every unsealed Event however old; return how many."""
    total = 0
    while sealed := seal_once(window=None):
        total += sealed
    return total


def _unsealed(limit: int, window: int | None) -> list[tuple[Any, ...]]:
    newest = Leaf.objects.aggregate(newest=Max("event_id"))["newest"] or 0
    low = 0 if window is None else max(0, newest - window)
    # The bound is given on both sides, so that both are short ranges of an index at any size of the log.
    sealed = Leaf.objects.filter(event_id=OuterRef("id"), event_id__gt=low)
    events = Event.objects.filter(~Exists(sealed), id__gt=low).order_by("id")
    return list(events.values_list(*EVENT_FIELDS)[:limit])


def _seal(events: Sequence[tuple[Any, ...]]) -> int:
    if not events:
        return 0
    last = Seal.objects.order_by("-id").first()
    first_position = last.first_position + last.leaf_count if last else 1
    digests = [merkle.leaf_hash(event_bytes(values)) for values in events]
    seal = Seal(
        pk=last.pk + 1 if last else 1,
        first_position=first_position,
        leaf_count=len(events),
        root=merkle.root(digests),
        previous=seal_hash(last) if last else NO_SEAL_BEFORE,
        sealed_at=now(),
        key_id=signing.key_id(signing.public_key()),
    )
    seal.signature = signing.sign(seal_bytes(seal))
    # First the Seal: on PostgreSQL a second sealer waits here for the first one's commit.
    seal.save(force_insert=True)
    Leaf.objects.bulk_create(
        (
            Leaf(position=position, event_id=values[0], digest=digest)
            for position, (values, digest) in enumerate(zip(events, digests, strict=True), first_position)
        ),
        batch_size=1000,
    )
    return len(events)
