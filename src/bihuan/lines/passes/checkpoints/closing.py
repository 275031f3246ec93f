"""An alarm is looked into by a person, once."""

from django.db import transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden
from bihuan.lines.passes.models import Alarm
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record


@transaction.atomic
def close_alarm(*, alarm: Alarm, by: User) -> Alarm:
    """Say that an alarm was looked into; refuses one that somebody else has closed."""
    if not by.may(Permission.PASS_RULES):
        raise Forbidden(_("Your role does not include checkpoints."))
    if not Alarm.objects.filter(pk=alarm.pk, closed_at=None).update(closed_at=clock.now(), closed_by=by):
        raise Conflict(_("Somebody has looked into this alarm already."))
    record(by=by, verb="alarm_close", subject=alarm, detail={"kind": alarm.kind})
    return Alarm.objects.get(pk=alarm.pk)
