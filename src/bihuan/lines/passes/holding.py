"""What happens to a pass after it was issued: suspended, restored, revoked, extended, replaced, run out."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.ids import new_receipt
from bihuan.lines.passes import desks, numbering, telling
from bihuan.lines.passes.checkpoints import halting
from bihuan.lines.passes.kinds import Reason
from bihuan.lines.passes.models import Pass
from bihuan.lines.passes.moves import check_may, move
from bihuan.lines.passes.plates import check_plate
from bihuan.lines.passes.reviewing import reason_of
from bihuan.lines.passes.states import Status
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM, draft, record, record_many

ANSWER_WITHIN = timedelta(hours=24)
BATCH = 500
COPIED = (
    "channel", "language", "applicant", "sender", "receiver", "carrier", "contact_sealed", "phone_sealed",
    "phone_hash", "crew_sealed", "crew_count", "goods", "goods_name", "quantity", "unit", "origin_code",
    "origin_name", "destination_code", "destination_name", "way_points", "is_closed_loop", "valid_until",
    "agency", "lane", "note", "is_synthetic",
)  # fmt: skip


@transaction.atomic
def suspend(*, pass_: Pass, reason: str, by: User, text: str = "") -> Pass:
    """Suspend a valid pass; every checkpoint that has heard of it refuses it."""
    return _halt(pass_, "suspend", reason, by, text)


@transaction.atomic
def revoke(*, pass_: Pass, reason: str, by: User, text: str = "") -> Pass:
    """Revoke a pass for good."""
    return _halt(pass_, "revoke", reason, by, text)


def _halt(pass_: Pass, verb: str, reason: str, by: User, text: str) -> Pass:
    why = reason_of(reason)
    words = text or str(why.label)
    halted = move(
        pass_=pass_, verb=verb, by=by, words=words, detail={"reason": why.value}, reason=why.value,
        halted_at=clock.now(),
    )  # fmt: skip
    telling.tell("pass_halted", halted, words)
    return halted


@transaction.atomic
def restore(*, pass_: Pass, by: User) -> Pass:
    """Make a suspended pass valid again. Its code is made anew, because the old one stays refused."""
    halting.refresh()  # so that the devices' list knows the old code even if nobody asked for it meanwhile
    edition = pass_.edition + 1
    restored = move(
        pass_=pass_, verb="restore", by=by, only_if={"edition": pass_.edition}, edition=edition, reason=""
    )
    telling.tell("pass_issued", restored)
    return restored


@transaction.atomic
def extend(*, pass_: Pass, until: datetime, by: User) -> Pass:
    """Let a valid pass last longer; its number stays, its code is made anew."""
    now, desk = clock.now(), desks.desk_of(pass_.goods)
    if until <= pass_.valid_until:
        raise Refused(_("It lasts as long already."), code="order", field="until")
    if until > now + timedelta(hours=desk.longest_h):
        message = _("At most %(hours)d hours for these goods.") % {"hours": desk.longest_h}
        raise Refused(message, code="too_long", field="until")
    only_if = {"valid_until": pass_.valid_until, "valid_until__gt": now}
    extended = move(
        pass_=pass_, verb="extend", by=by, only_if=only_if, valid_until=until, edition=pass_.edition + 1
    )
    telling.tell("pass_issued", extended)
    return extended


@transaction.atomic
def replace(*, pass_: Pass, plate: str, plate_colour: str, by: User) -> Pass:
    """Replace a pass by one for another vehicle, or by a new one where the paper was lost; the old one ends at once."""
    check_may(by, pass_, "replace")
    plain, colour = check_plate(plate, plate_colour)
    now = clock.now()
    if pass_.valid_until <= now:
        raise Conflict(_("It has run out; apply for a new one."), code="expired")
    old = move(pass_=pass_, verb="replace", by=by, halted_at=now, reason=Reason.OTHER)
    desk = desks.desk_of(old.goods)
    new = Pass(**{name: getattr(old, name) for name in COPIED})
    new.plate, new.plate_colour, new.valid_from, new.replaces = plain, colour, max(old.valid_from, now), old
    new.client_id, new.receipt, new.applied_at, new.entered_by = f"replace-{old.pk}", new_receipt(), now, by
    _place(new, by, now, needs_second=desk.needs_second, promise_min=desk.promise_min)
    try:
        with transaction.atomic():
            new.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("The other vehicle has a pass on this route already."), field="plate") from None
    record(by=by, verb="pass_replaces", subject=new, agency_id=new.agency_id, detail={"old": old.pk})
    telling.tell("pass_issued" if new.number else "pass_replacing", new)
    return new


def _place(new: Pass, by: User, now: datetime, *, needs_second: bool, promise_min: int) -> None:
    new.due_at = now + timedelta(minutes=promise_min)
    if needs_second:
        new.status, new.first_by = Status.SECOND, by
        return
    new.number = numbering.take_numbers(new.destination_code, 1)[0]
    new.status, new.issued_by, new.decided_at = Status.ISSUED, by, now


# --- What ends by itself -------------------------------------------------------------------------------------


def step() -> int:
    """End what has run out, and applications whose question nobody answered; return how many. The worker's step."""
    return (
        _end("expire", Pass.objects.filter(status=Status.ISSUED))
        + _end("expire", Pass.objects.filter(status=Status.SUSPENDED))
        + _lapse()
    )


@transaction.atomic
def _end(verb: str, rows: Any) -> int:
    now = clock.now()
    over = list(rows.filter(valid_until__lte=now).order_by("valid_until")[:BATCH])
    ended = [one for one in over if rows.filter(pk=one.pk).update(status=Status.EXPIRED, ended_at=now)]
    record_many(draft(by=SYSTEM, verb=f"pass_{verb}", subject=one, agency_id=one.agency_id) for one in ended)
    return len(ended)


def _lapse() -> int:
    waiting = Pass.objects.filter(status=Status.ASKED, asked_at__lte=clock.now() - ANSWER_WITHIN)
    done = 0
    for one in waiting.order_by("pk")[:BATCH]:
        try:
            with transaction.atomic():
                lapsed = move(pass_=one, verb="lapse", by=SYSTEM, decided_at=clock.now())
                telling.tell("pass_lapsed", lapsed)
            done += 1
        except Conflict:
            continue  # the answer came in the same moment
    return done
