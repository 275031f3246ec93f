"""What an administrator does with calendars: write one, edit it. Open Cases that are counted by it are counted anew."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Calendar, CalendarKind, Recount
from bihuan.spine.cases.promises.calendars import ALWAYS, minutes_of, timetable
from bihuan.spine.cases.promises.recount import begin_recount

ENOUGH_MIN = 60
LONGEST_CYCLE = 60


@dataclass(frozen=True)
class Wanted:
    """What a calendar is to say."""

    name_zh: str
    name_en: str
    kind: str
    hours: Mapping[str, Any] = field(default_factory=dict)
    follows_holidays: bool = False
    exceptions: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def add_calendar(*, code: str, wanted: Wanted, by: User) -> Calendar:
    """Write a new calendar; refuses a code that is taken and one that never opens."""
    _check(wanted, by)
    calendar = Calendar(code=code, changed_at=clock.now(), **vars(wanted))
    try:
        with transaction.atomic():
            calendar.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("There is a calendar of this code already."), field="code") from error
    record(by=by, verb="calendar_added", subject=calendar, detail={"code": code})
    return calendar


@transaction.atomic
def edit_calendar(*, calendar: Calendar, wanted: Wanted, seen: datetime | None, by: User) -> Recount | None:
    """Change a calendar as it was ``seen``, and have open Cases counted anew; whoever comes second is told."""
    _check(wanted, by)
    if calendar.code == ALWAYS:
        raise Refused(_("Round the clock stays round the clock; add another calendar."), code="always")
    now = clock.now()
    if not Calendar.objects.filter(pk=calendar.pk, changed_at=seen).update(changed_at=now, **vars(wanted)):
        raise Conflict(_("Somebody has edited this calendar in the meantime. Look at it again."))
    before = {name: getattr(calendar, name) for name in ("hours", "follows_holidays", "exceptions")}
    after = {name: getattr(wanted, name) for name in before}
    detail = {"code": calendar.code, "before": before, "after": after}
    record(by=by, verb="calendar_edited", subject=calendar, detail=detail)
    return (
        begin_recount(by=by, calendar=calendar) if before != after or calendar.kind != wanted.kind else None
    )


def _check(wanted: Wanted, by: User) -> None:
    if not by.may(Permission.RULES):
        raise Forbidden(_("Your role does not include changing service levels."))
    if not wanted.name_zh.strip():
        raise Refused(_("A calendar needs a Chinese name."), code="name", field="name_zh")
    try:
        _check_hours(wanted)
        if not timetable(Calendar(**vars(wanted))).opens_for(clock.now(), ENOUGH_MIN):
            raise ValueError("it never opens")
    except (ValueError, KeyError, TypeError, ZeroDivisionError) as error:
        raise Refused(
            _("By these hours the calendar never opens, or an hour is unclear."), code="hours"
        ) from error


def _check_hours(wanted: Wanted) -> None:
    days = list(wanted.exceptions.values())
    if wanted.kind == CalendarKind.WEEKLY:
        days += wanted.hours.values()
    if wanted.kind == CalendarKind.SHIFTS:
        date.fromisoformat(wanted.hours["from"])
        cycle = wanted.hours["cycle"]
        if not 0 < len(cycle) <= LONGEST_CYCLE:
            raise ValueError("a cycle has between one and sixty days")
        days += cycle
    for day in (*map(date.fromisoformat, wanted.exceptions), *map(minutes_of, days)):
        assert day is not None
