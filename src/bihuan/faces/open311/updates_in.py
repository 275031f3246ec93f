"""What another system says about a request: for the office whose Case it is, or for whoever asked.

The statuses become the verbs of a Case, under the rules that hold for everybody. What changes nothing is kept as words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bihuan.faces.open311 import dates
from bihuan.faces.open311.answers import Wrong
from bihuan.faces.open311.listing import LARGEST_ID
from bihuan.faces.open311.statuses import Extended
from bihuan.faces.open311.updates_out import sent_by
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.audit.actions import ASKER, record
from bihuan.spine.audit.models import Event
from bihuan.spine.cases import actions
from bihuan.spine.cases.actions.step import lock
from bihuan.spine.cases.models import Asker, Case
from bihuan.spine.cases.states import OPEN, UNDONE, UNSORTED, Status

VERB = "open311_update"
NEEDED = ("service_request_id", "update_id", "updated_datetime", "status", "description")
_is_name = re.compile(r"[A-Za-z0-9._:-]{1,64}").fullmatch
DONE = (Extended.FIXED, Extended.CLOSED)
NOT_OURS = (Extended.NOT_COUNCILS_RESPONSIBILITY, Extended.INTERNAL_REFERRAL, Extended.FOR_TRIAGE)


@dataclass(frozen=True)
class Update:
    """An update as it was sent."""

    number: int
    update_id: str
    status: Extended
    words: str


def take_update(request: HttpRequest, holder: User) -> str:
    """Do what an update says; return its id. Refuses one that was taken already."""
    update = _read(request.POST)
    with transaction.atomic():
        case, asker = _case_of(update, holder)
        if _is_known(update, case, holder):
            message = _("An update with update_id %(id)s already exists.")
            raise Wrong(400, message % {"id": update.update_id})
        if asker is None:
            _do_for_office(case, update, holder)
        else:
            _do_for_asker(case, update, asker)
        case.refresh_from_db()
        detail = {"update": update.update_id, "status": case.status, "as": update.status.value}
        record(by=holder, verb=VERB, subject=case, case_id=case.pk, agency_id=case.agency_id, detail=detail)
    return update.update_id


def _read(said: Mapping[str, Any]) -> Update:
    if missing := [name for name in NEEDED if not str(said.get(name, "")).strip()]:
        raise Wrong(400, *(_("%(name)s is needed.") % {"name": name} for name in missing))
    dates.read(said["updated_datetime"], "updated_datetime")
    update_id, status, number = (said[name].strip() for name in ("update_id", "status", "service_request_id"))
    if not _is_name(update_id):
        raise Wrong(400, _("update_id takes up to 64 letters, digits and . _ : -"))
    if status.upper() not in set(Extended):
        known = ", ".join(Extended)
        raise Wrong(400, _("status is one of: %(known)s.") % {"known": known})
    if not (number.isascii() and number.isdigit() and len(number) < 20 and int(number) <= LARGEST_ID):
        raise _unknown(number)
    return Update(int(number), update_id, Extended(status.upper()), said["description"])


def _case_of(update: Update, holder: User) -> tuple[Case, Asker | None]:
    """Return the Case, locked, and for whom the holder speaks: an asker, or with None the office."""
    asker = sent_by(holder).filter(first_case_id=update.number).order_by("id").first()
    number = asker.case_id if asker else update.number
    found = Case.objects.filter(pk=number).exists() and lock(number)
    if not found:
        raise _unknown(str(update.number))
    if holder.may(Permission.WORK) and is_own(holder, found.agency):
        return found, None
    if asker is None:
        raise _unknown(str(update.number))
    return found, asker


def _unknown(number: str) -> Wrong:
    return Wrong(404, _("There is no service_request_id %(number)s.") % {"number": number[:20]})


def _is_known(update: Update, case: Case, holder: User) -> bool:
    taken = Event.objects.filter(case_id=case.pk, verb=VERB, actor=holder)
    return taken.filter(detail__update=update.update_id).exists()


# --- The office's own system -----------------------------------------------------------------------------------


def _do_for_office(case: Case, update: Update, by: User) -> None:
    if update.status in NOT_OURS:
        actions.return_to_triage(case=case, by=by, reason=update.words)
    elif update.status == Extended.NO_FURTHER_ACTION:
        actions.decline(case=case, by=by, reason=update.words)
    elif update.status in (Extended.DUPLICATE, Extended.CANCELLED):
        # Only people here can say with which Case it goes on, and only the asker takes an ask back.
        actions.note(case=case, by=by, text=f"{update.status}: {update.words}")
    else:
        _work_on(case, update, by)


def _work_on(case: Case, update: Update, by: User) -> None:
    if case.status == Status.WAITING:
        case = actions.accept(case=case, by=by)
    if update.status in DONE and case.status in UNDONE:
        actions.resolve(case=case, by=by, reply=update.words)
    elif case.status in UNDONE - UNSORTED:
        actions.reply(case=case, by=by, reply=update.words)
    else:
        actions.note(case=case, by=by, text=f"{update.status}: {update.words}")


# --- A system that speaks for whoever asked ----------------------------------------------------------------------


def _do_for_asker(case: Case, update: Update, asker: Asker) -> None:
    if update.status == Extended.CANCELLED:
        actions.withdraw(case=case, by=ASKER)
    elif update.status in DONE and case.status == Status.RESOLVED:
        actions.confirm(case=case, by=ASKER, asker=asker)
    elif update.status not in DONE and case.status in (Status.RESOLVED, Status.CLOSED):
        actions.reopen(case=case, by=ASKER, asker=asker, reason=update.words)
    elif case.status == Status.HOLD:
        actions.answer(case=case, by=ASKER, text=update.words)
    elif case.status in OPEN:
        actions.say(case=case, by=ASKER, text=update.words)
    else:
        raise Wrong(400, _("This request is closed."))
