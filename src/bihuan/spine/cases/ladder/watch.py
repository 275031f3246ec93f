"""Offices where Cases are due and nobody is connected: one alarm for each spell, until somebody comes."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases.ladder import notices
from bihuan.spine.cases.models import Case, Silence
from bihuan.spine.messages import actions as messages
from bihuan.spine.resources.models import Duty, Presence
from bihuan.spine.resources.queries import codes_up, on_duty, running

# What is due so soon has to be in somebody's eyes now.
AHEAD = timedelta(hours=2)


def watch() -> int:
    """Begin and end alarms; return how many."""
    now = clock.now()
    silent = silent_agencies(now)
    running_alarms = {one.agency_id: one for one in Silence.objects.filter(ended_at__isnull=True)}
    begun = sum(_begin(agency, now) for agency in silent if agency.pk not in running_alarms)
    over = set(running_alarms) - {agency.pk for agency in silent}
    return begun + sum(_end(running_alarms[number], now) for number in over)


def silent_agencies(now: datetime) -> list[Agency]:
    """Return the agencies with Cases that are late or soon due, where nobody was seen for some minutes."""
    return [agency for agency in with_work_due(now) if not _is_heard(agency, now)]


def with_work_due(now: datetime) -> QuerySet[Agency]:
    """Return the agencies that have an open Case that is late or falls due soon."""
    due = Case.objects.filter(agency=OuterRef("pk"), is_open=True, due_at__lte=now + AHEAD)
    return Agency.objects.filter(Exists(due)).order_by("path")


def _is_heard(agency: Agency, now: datetime) -> bool:
    since = clock.ago(60 * settings.BIHUAN_SILENCE_MIN)
    return Presence.objects.filter(_serving(agency, now), seen_at__gt=since, person__is_active=True).exists()


def _serving(agency: Agency, now: datetime) -> Q:
    """Return who answers for an agency: its staff and those on duty for it, or for the nearest above that has any."""
    codes = codes_up(agency)
    staff = User.objects.filter(is_active=True, agency__code__in=codes).values_list("agency__path", flat=True)
    shifts = running(now).filter(agency__code__in=codes).values_list("agency__path", flat=True)
    nearest = max([*staff.distinct(), *shifts.order_by().distinct()], key=len, default=agency.path)
    on = running(now).filter(agency__path=nearest).order_by().values("person")
    return Q(person__agency__path=nearest) | Q(person__in=on)


def _begin(agency: Agency, now: datetime) -> bool:
    told = on_duty(agency, Duty.SUPERVISOR, now)
    try:
        with transaction.atomic():
            Silence.objects.create(agency=agency, from_at=now, told=[person.pk for person in told])
            messages.send_many(notices.of_silence(told, agency))
            _record("silent", agency, {"told": [person.pk for person in told]})
    except IntegrityError:
        # Another worker has just raised it.
        return False
    return True


@transaction.atomic
def _end(silence: Silence, now: datetime) -> bool:
    if not Silence.objects.filter(pk=silence.pk, ended_at__isnull=True).update(ended_at=now):
        return False
    _record("heard", Agency.objects.get(pk=silence.agency_id), {"since": silence.from_at.isoformat()})
    return True


def _record(verb: str, agency: Agency, detail: dict[str, object]) -> None:
    record(by=SYSTEM, verb=verb, subject=agency, agency_id=agency.pk, detail=detail)


def list_silent(user: User) -> list[Silence]:
    """Return the alarms that concern this person: all for whoever sees the whole city, else of the own offices."""
    rows = Silence.objects.filter(ended_at__isnull=True).select_related("agency").order_by("from_at")
    if not user.may(Permission.BOARD):
        return []
    return list(rows if user.may(Permission.VIEW_ALL) else rows.filter(agency__in=own_agencies(user)))
