"""The shelf: Cases taken in while their service was shed, and their way back."""

from django.db.models import QuerySet

from bihuan.kernel.errors import Conflict, Refused
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Status
from bihuan.spine.cases.surge.shedding import end, live, overdue

BATCH = 100


def on_shelf() -> QuerySet[Case]:
    """Return the Cases that are kept until their service is taken again, the oldest first."""
    return Case.objects.filter(status=Status.SHELVED).order_by("id")


def go_on(limit: int = BATCH) -> int:
    """End what is over by its time, and bring Cases back whose service is taken again; return how many."""
    for over in overdue()[:limit]:
        try:
            end(shedding=over, by=SYSTEM)
        except Conflict:
            continue
    back = on_shelf().exclude(service_id__in=live())[:limit]
    return sum(map(_bring_back, back))


def _bring_back(case: Case) -> bool:
    try:
        actions.unshelve(case=case, by=SYSTEM)
    except Refused:
        # Taken back by its asker, or brought back by hand, in the same moment.
        return False
    return True
