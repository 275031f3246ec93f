"""The passes a device carries for the time without a network, so that a number or a plate can be looked up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.models import Event

PAGE = 2_000
OVERLAP = timedelta(seconds=60)
"""How far back each page begins: what was being written when the last one was read must not be missed."""


@dataclass(frozen=True)
class Listed:
    """Rows for a device, the instant to ask from next, and whether it should ask again at once."""

    rows: list[list[Any]]
    until: datetime | None
    is_more: bool


def list_issued(since: datetime | None) -> Listed:
    """Return passes issued since an instant, the oldest first, and those whose code was made anew since then."""
    now = clock.now()
    valid = Pass.objects.filter(status=Status.ISSUED, valid_until__gt=now, decided_at__isnull=False)
    fresh = valid.filter(decided_at__gte=since - OVERLAP) if since else valid
    page = list(fresh.order_by("decided_at", "pk")[:PAGE])
    # A page of one instant alone would be asked for again and again.
    if len(page) == PAGE and page[0].decided_at != page[-1].decided_at:
        return Listed([_row(one) for one in page], (page[-1].decided_at or now) + OVERLAP, is_more=True)
    anew = valid.filter(pk__in=_made_anew(since - OVERLAP)) if since else ()
    return Listed([_row(one) for one in (*page, *anew)], now, is_more=False)


def _made_anew(since: datetime) -> QuerySet[Event, int | None]:
    """Return which passes were extended or restored; the audit knows, because a pass only says how often."""
    events = Event.objects.filter(at__gte=since, verb__in=("pass_extend", "pass_restore"))
    return events.values_list("subject_id", flat=True)


def _row(one: Pass) -> list[Any]:
    return [
        one.number, one.plate, one.plate_colour, one.goods, one.origin_code, one.destination_code, one.edition,
        int(one.valid_from.timestamp()), int(one.valid_until.timestamp()),
    ]  # fmt: skip
