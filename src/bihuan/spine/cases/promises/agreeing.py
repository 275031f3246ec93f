"""What an administrator does with service levels: copy them as a draft, edit its lines, put it in force."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Agreement, AgreementStatus, Calendar, Level, Recount
from bihuan.spine.cases.promises import levels
from bihuan.spine.cases.promises.calendars import timetable
from bihuan.spine.cases.promises.recount import begin_recount

CONDITIONS = ("service_id", "urgency", "priority", "zone_state", "from_min", "until_min")
LINE = (*CONDITIONS, "calendar_id", *levels.MINUTES)
NOTE_LIMIT = 200


@transaction.atomic
def copy_in_force(*, by: User, note: str = "") -> Agreement:
    """Begin a draft with the lines of the version in force."""
    _check_may(by)
    source, now = levels.in_force(), clock.now()
    number = (Agreement.objects.aggregate(Max("number"))["number__max"] or 0) + 1
    try:
        with transaction.atomic():
            draft = Agreement.objects.create(number=number, note=note[:NOTE_LIMIT], made_by=by, made_at=now)
    except IntegrityError as error:
        raise Conflict(_("Somebody else began version %(number)d just now.") % {"number": number}) from error
    Level.objects.bulk_create(
        Level(agreement=draft, order=line.order, **{name: getattr(line, name) for name in LINE})
        for line in levels.lines_of(source)
    )
    record(by=by, verb="level_copied", subject=draft, detail={"number": number, "from": source.number})
    return draft


@transaction.atomic
def write_line(*, draft: Agreement, by: User, line: Level | None, fields: Mapping[str, Any]) -> Level:
    """Change a line of a draft, or add one above the last; refuses a promise that outlasts the whole."""
    _lock_draft(draft, by)
    kept = {name: fields[name] for name in LINE}
    _check_line(kept)
    if line is None:
        line = Level.objects.create(agreement=draft, order=_room_before_last(draft), **kept)
    elif not Level.objects.filter(pk=line.pk, agreement=draft).update(**kept):
        raise Conflict(_("Somebody has removed this line."))
    _record_line(draft, line, by, "level_written", {name: str(value) for name, value in kept.items()})
    return line


@transaction.atomic
def remove_line(*, draft: Agreement, by: User, line: Level) -> None:
    """Remove a line of a draft."""
    _lock_draft(draft, by)
    _record_line(draft, line, by, "level_removed", {})
    if not Level.objects.filter(pk=line.pk, agreement=draft).delete()[0]:
        raise Conflict(_("Somebody has removed this line."))


@transaction.atomic
def move_line(*, draft: Agreement, by: User, line: Level, is_up: bool) -> None:
    """Move a line of a draft past its neighbour: the first that fits decides."""
    _lock_draft(draft, by)
    lines = levels.lines_of(draft)
    place = next((k for k, one in enumerate(lines) if one.pk == line.pk), None)
    other = None if place is None else place + (-1 if is_up else 1)
    if place is None or other is None or not 0 <= other < len(lines):
        return
    lines[place], lines[other] = lines[other], lines[place]
    _number_anew(lines)
    _record_line(draft, line, by, "level_moved", {"up": is_up})


@transaction.atomic
def put_in_force(*, draft: Agreement, over: int, by: User, also_open: bool) -> Recount | None:
    """Put a draft in force in place of the version that was looked at; whoever comes second is told who was first.

    New Cases have it from now on. Open ones keep theirs, unless ``also_open`` has the worker count them anew.
    """
    _lock_draft(draft, by)
    lines = levels.lines_of(draft)
    if not lines or any(getattr(lines[-1], name) not in (None, "") for name in CONDITIONS):
        raise Refused(_("The last line has to fit every case: leave all its conditions empty."), code="last")
    now = clock.now()
    current = Agreement.objects.filter(status=AgreementStatus.IN_FORCE)
    if not current.filter(number=over).update(status=AgreementStatus.PAST, in_force_until=now):
        raise Conflict(_who_was_first())
    Agreement.objects.filter(pk=draft.pk).update(
        status=AgreementStatus.IN_FORCE, in_force_from=now, made_by=by
    )
    detail = {"number": draft.number, "over": over, "also_open": also_open}
    record(by=by, verb="level_in_force", subject=draft, detail=detail)
    return begin_recount(by=by, agreement=draft) if also_open else None


def _who_was_first() -> str:
    latest = levels.in_force()
    message = _("Version %(number)d was put in force by %(who)s at %(time)s. Look at your draft again.")
    return message % {
        "number": latest.number,
        "who": latest.made_by or _("the system"),
        "time": timezone.localtime(latest.in_force_from or latest.made_at).strftime("%H:%M"),
    }


def _check_may(by: User) -> None:
    if not by.may(Permission.RULES):
        raise Forbidden(_("Your role does not include changing service levels."))


def _lock_draft(draft: Agreement, by: User) -> None:
    """Keep others from changing a draft until this transaction ends; refuses what is no draft any more."""
    _check_may(by)
    locked = Agreement.objects.select_for_update().get(pk=draft.pk)
    if locked.status != AgreementStatus.DRAFT:
        message = _("Version %(number)d is no draft any more; it can't be changed.")
        raise Conflict(message % {"number": draft.number})


def _check_line(fields: Mapping[str, Any]) -> None:
    names = {"dispatch_min": _("dispatch"), "accept_min": _("accept"), "reply_min": _("first reply")}
    for name, label in names.items():
        if fields[name] > fields["resolve_min"]:
            message = _("“%(promise)s” is promised later than the end of the work.") % {"promise": label}
            raise Refused(message, code="order", field=name)
    if (fields["from_min"] is None) != (fields["until_min"] is None):
        raise Refused(_("Give both hours or none."), code="hours", field="until_min")
    calendar = Calendar.objects.get(pk=fields["calendar_id"])
    if not timetable(calendar).opens_for(clock.now(), fields["resolve_min"]):
        raise Refused(_("By this calendar the time would never be over."), code="never", field="resolve_min")


def _room_before_last(draft: Agreement) -> int:
    """Return a free place above the last line, which fits everything."""
    lines = levels.lines_of(draft)
    if not lines:
        return levels.STEP
    _number_anew(lines)
    return len(lines) * levels.STEP - levels.STEP // 2


def _number_anew(lines: list[Level]) -> None:
    # In two steps: no two lines may have one place even for a moment.
    for sign in (-1, 1):
        for place, line in enumerate(lines, 1):
            line.order = sign * place * levels.STEP
        Level.objects.bulk_update(lines, ["order"])


def _record_line(draft: Agreement, line: Level, by: User, verb: str, detail: dict[str, Any]) -> None:
    record(by=by, verb=verb, subject=draft, detail={"number": draft.number, "line": line.pk, **detail})
