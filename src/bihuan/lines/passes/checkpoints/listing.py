"""The passes a device carries for the time without a network, so that a number or a plate can be looked up."""

from datetime import datetime, timedelta
from typing import Any

from bihuan.kernel import clock
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.states import Status

PAGE = 2_000
OVERLAP = timedelta(seconds=60)
"""How far back each page begins: what was being written when the last one was read must not be missed."""


def list_issued(since: datetime | None) -> tuple[list[list[Any]], datetime | None]:
    """Return passes decided since an instant, oldest first, and the instant to ask from next; None when that is all."""
    rows = Pass.objects.filter(status=Status.ISSUED, valid_until__gt=clock.now(), decided_at__isnull=False)
    if since:
        rows = rows.filter(decided_at__gte=since - OVERLAP)
    page = list(rows.order_by("decided_at", "pk")[:PAGE])
    # A page of one instant alone would be asked for again and again.
    is_more = len(page) == PAGE and page[-1].decided_at != page[0].decided_at
    last = page[-1].decided_at if page else since
    return [_row(one) for one in page], (last + OVERLAP if is_more and last else last)


def _row(one: Pass) -> list[Any]:
    return [
        one.number, one.plate, one.plate_colour, one.goods, one.origin_code, one.destination_code, one.edition,
        int(one.valid_from.timestamp()), int(one.valid_until.timestamp()),
    ]  # fmt: skip
