"""What was written on a form comes in by the one door, under the number that stands on the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock, ids
from bihuan.kernel.errors import Conflict, Refused
from bihuan.kernel.private import keyed_hash
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import record
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import Printed, submit
from bihuan.spine.paper.models import Number, State
from bihuan.spine.paper.numbers import check_may

CHANNEL = "paper"
FAST_CLOCKS = timedelta(minutes=10)


@dataclass(frozen=True)
class Entry:
    """A form that has come in: its number, and the Case opened for it."""

    number: Number
    case: Case
    emergency: str


class Taken(Conflict):
    """Somebody has entered this form already; ``number`` says who and when."""

    def __init__(self, number: Number) -> None:
        told = {
            "who": str(number.used_by),
            "time": _minute(number.used_at),
            "number": ids.format_receipt(number.number),
        }
        super().__init__(_("%(who)s has entered %(number)s already, at %(time)s.") % told, field="number")
        self.number = number


def find(typed: str) -> Number:
    """Return the form of a number that was typed; refuses, each with its own words, what is no form's number."""
    plain = ids.plain_receipt(typed)
    if not ids.is_receipt(plain):
        message = _("Something is mistyped: a number has twelve digits and these don't fit together.")
        raise Refused(message, code="mistyped", field="number")
    if not ids.is_printed(plain):
        message = _("This is no number of a form: it was given by telephone or on the web.")
        raise Refused(message, code="electronic", field="number")
    found = Number.objects.select_related("block__service", "used_by").filter(number=plain).first()
    if found is None:
        raise Refused(_("No form with this number was ever printed."), code="unknown", field="number")
    return found


def check_open(number: Number) -> None:
    """Refuse a form that was entered already, or was made void."""
    if number.state == State.USED:
        raise Taken(number)
    if number.state == State.VOID:
        message = _("This form was made void. Write what stands on it onto a new one, or take it as a call.")
        raise Refused(message, code="void", field="number")


def enter(*, by: User, typed: str, payload: Mapping[str, object], asked_at: datetime | None = None) -> Entry:
    """Take in what stands on a form; of two who enter the same one, the second is told who was first.

    Durable when it returns, and so not to be called inside a transaction. ``asked_at`` is the time on the paper.
    """
    check_may(by)
    number = find(typed)
    check_open(number)
    _check_time(number, asked_at)
    # Keyed: whoever sends a client id again is told the receipt, and printed numbers lie about.
    own = {"channel": CHANNEL, "client_id": f"paper-{keyed_hash(number.number).hex()}"}
    received = submit({**payload, **own}, printed=Printed(number.number, lambda: _take(number, by, asked_at)))
    submission = Submission.objects.get(receipt=number.number)
    case = triage_one(submission)
    record(
        by=by, verb="paper_enter", subject=submission, case_id=case.pk, agency_id=case.agency_id,
        detail={"asked_at": asked_at.isoformat()} if asked_at else {},
    )  # fmt: skip
    number.refresh_from_db()
    return Entry(number, case, received.emergency)


def _check_time(number: Number, asked_at: datetime | None) -> None:
    if asked_at is None:
        return
    if asked_at > clock.now() + FAST_CLOCKS:
        raise Refused(_("This time is still to come."), code="time", field="asked_at")
    if asked_at < number.block.reserved_at.replace(second=0, microsecond=0):
        message = _("The form was printed only at %(time)s; it can't have been filled in before.")
        raise Refused(message % {"time": _minute(number.block.reserved_at)}, code="time", field="asked_at")


def _take(number: Number, by: User, asked_at: datetime | None) -> None:
    """Mark the form as entered, if nobody was first: the row count decides."""
    waiting = Number.objects.filter(pk=number.pk, state=State.PRINTED)
    if not waiting.update(state=State.USED, used_by=by, used_at=clock.now(), asked_at=asked_at):
        check_open(Number.objects.select_related("used_by").get(pk=number.pk))


def _minute(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
