"""Promises that fail and waits that run out, found through indexes at the cost of what is due."""

from django.db import transaction
from django.db.models import QuerySet

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import actions, changes, telling
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.promises import clocks

BATCH = 200


def mark_breached(limit: int = BATCH) -> int:
    """Mark the Cases whose first promise has failed and tell the askers, once; return how many.

    Staff hear of it from the ladder, rung by rung.
    """
    return sum(_breach(case) for case in late().select_related("service", "agency")[:limit])


def late() -> QuerySet[Case]:
    """Return the Cases whose first promise has failed and that nobody has marked yet."""
    return Case.objects.filter(breached_at__isnull=True, due_at__lt=clock.now()).order_by("due_at")


@transaction.atomic
def _breach(case: Case) -> bool:
    """Mark one Case, unless somebody has moved it or marked it in the meantime."""
    detail = {"promise": clocks.failed(case)}
    same = {
        "breached_at__isnull": True,
        "due_at": case.due_at,
        "status": case.status,
        "agency": case.agency_id,
    }
    if not changes.write(case, "breached", SYSTEM, detail=detail, only_if=same, breached_at=case.due_at):
        return False
    telling.tell(case=case, template="breached")
    return True


def close_waited_out(limit: int = BATCH) -> int:
    """Close resolved Cases whose askers had the chance to say no; return how many."""
    return sum(map(_close, waited_out()[:limit]))


def waited_out() -> QuerySet[Case]:
    """Return the Cases whose wait is over; only resolved ones have ``closes_at``."""
    return Case.objects.filter(closes_at__isnull=False, closes_at__lte=clock.now()).order_by("closes_at")


def _close(case: Case) -> bool:
    try:
        actions.close(case=case, by=SYSTEM)
    except Refused:
        # The asker said yes or no in the same moment.
        return False
    return True
