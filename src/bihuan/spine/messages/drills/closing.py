"""The end of a drill: when its window is over, or by hand before."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM, Actor, record
from bihuan.spine.messages.drills.reading import result_of
from bihuan.spine.messages.models import Drill, Message, MessageStatus
from bihuan.spine.messages.telling import tell_audit


def close_over() -> int:
    """Close the drills whose window is over; return how many."""
    over = Drill.objects.filter(closed_at__isnull=True, until_at__lte=clock.now())
    return sum(_close(drill, SYSTEM) for drill in over)


@transaction.atomic
def stop(*, drill: Drill, by: User) -> None:
    """Close a drill before its time; what was answered until now counts."""
    now = clock.now()
    if now < drill.until_at:
        Drill.objects.filter(pk=drill.pk, closed_at__isnull=True, started_at__lt=now).update(until_at=now)
    if not _close(drill, by):
        raise Conflict(_("This drill is over already."), code="over")


@transaction.atomic
def _close(drill: Drill, by: User | Actor) -> bool:
    if not Drill.objects.filter(pk=drill.pk, closed_at__isnull=True).update(closed_at=clock.now()):
        return False
    drill.refresh_from_db()
    _call_back(drill)
    result = result_of(drill)
    detail = {"called": result.called, "answered": result.answered, "stopped": by is not SYSTEM}
    record(by=by, verb="drill_closed", subject=drill, detail=detail)
    return True


def _call_back(drill: Drill) -> None:
    """Let no test go out after its window; one in a worker's hands at this moment may still."""
    now = clock.now()
    is_free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = Message.objects.filter(is_free, status=MessageStatus.WAITING, drill__called__drill=drill)
    numbers = list(waiting.values_list("pk", flat=True))
    Message.objects.filter(is_free, pk__in=numbers, status=MessageStatus.WAITING).update(
        status=MessageStatus.FAILED, ended_at=now, error=_("The window of the drill was over.")
    )
    tell_audit(Message.objects.filter(pk__in=numbers, status=MessageStatus.FAILED, ended_at=now))
