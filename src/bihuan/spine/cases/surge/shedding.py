"""Services not taken for a while: what the public is told, what happens to asks that come in all the same.

Nothing that comes in by the door is lost or refused. For a shed service its Case is opened as ever, with its owner,
but onto the shelf: status ``shelved``, the clocks standing still by an open Pause. When the shedding ends, by hand
or by its time, the worker gives these Cases to their owners, the oldest first. What is urgent is never shelved.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases.models import Case, Service, Shedding, Urgency
from bihuan.spine.cases.registry import INTERNAL
from bihuan.spine.cases.rights import Who
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.messages.wording import ENGLISH

WORDS_LIMIT = 300
# Where waiting costs lives or a whole street its power, a switch is no answer.
NEVER = frozenset({Urgency.LIFE, Urgency.SUPPLY})


def live() -> dict[int, Shedding]:
    """Return what is shed now, by the number of the service."""
    rows = Shedding.objects.filter(ended_at__isnull=True).select_related("service")
    return {row.service_id: row for row in rows if _runs(row, clock.now())}


def of_service(service: Service) -> Shedding | None:
    """Return the shedding of one service, if it is shed now."""
    row = Shedding.objects.filter(service=service, ended_at__isnull=True).first()
    return row if row is not None and _runs(row, clock.now()) else None


def _runs(row: Shedding, now: datetime) -> bool:
    # Its time may be over before the worker comes round.
    return row.until_at is None or row.until_at > now


def why_not(service: Service) -> str:
    """Return why a service can't be shed, or nothing."""
    if service.urgency in NEVER or service.priority == Priority.URGENT or service.danger_words:
        return _("Life, health and supply are never shed.")
    if service.group == INTERNAL:
        return _("No resident asks for this.")
    return ""


@transaction.atomic
def shed(
    *, service: Service, by: User, words_zh: str, words_en: str = "", until_at: datetime | None = None
) -> Shedding:
    """Stop taking a service for a while, with a word to the public; refuses urgent ones and a time gone by."""
    _check_permitted(by)
    if reason := why_not(service):
        raise Refused(reason, code="vital", field="service")
    if until_at is not None and until_at <= clock.now():
        raise Refused(_("Choose a time to come."), code="past", field="until_at")
    _end_overdue(service)
    try:
        with transaction.atomic():
            made = Shedding.objects.create(
                service=service, words_zh=_said(words_zh, "words_zh"), words_en=_short(words_en, "words_en"),
                from_at=clock.now(), until_at=until_at, made_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(_("This service is shed already.")) from None
    _record(made, "shed", by)
    return made


@transaction.atomic
def end(*, shedding: Shedding, by: Who) -> Shedding:
    """Take the service again; refuses when that was done already."""
    if isinstance(by, User):
        _check_permitted(by)
    now = clock.now()
    staff = by if isinstance(by, User) else None
    open_row = Shedding.objects.filter(pk=shedding.pk, ended_at__isnull=True)
    if not open_row.update(ended_at=now, ended_by=staff):
        raise Conflict(_("This service is taken again already."))
    shedding.ended_at, shedding.ended_by = now, staff
    _record(shedding, "unshed", by)
    return shedding


def _check_permitted(by: User) -> None:
    if not by.may(Permission.SURGE):
        raise Forbidden(_("Your role does not allow shedding services."))


def _said(text: str, field: str) -> str:
    kept = _short(text, field)
    if not kept:
        raise Refused(_("Please write a few words."), code="empty", field=field)
    return kept


def _short(text: str, field: str) -> str:
    kept = text.replace("\x00", "").strip()
    if len(kept) > WORDS_LIMIT:
        message = _("At most %(count)d characters, please.") % {"count": WORDS_LIMIT}
        raise Refused(message, code="long", field=field)
    return kept


def _record(shedding: Shedding, verb: str, by: Who) -> None:
    until = shedding.until_at.isoformat() if shedding.until_at else None
    record(by=by, verb=verb, subject=shedding, detail={"service": shedding.service_id, "until": until})


def _end_overdue(service: Service) -> None:
    for over in overdue().filter(service=service):
        end(shedding=over, by=SYSTEM)


def overdue() -> QuerySet[Shedding]:
    """Return what is over by its time and has not been ended yet."""
    return Shedding.objects.filter(ended_at__isnull=True, until_at__lte=clock.now())


# --- The shelf ----------------------------------------------------------------------------------------


def is_for_shelf(case: Case) -> bool:
    """Say whether a Case of a shed service goes onto the shelf: it has an owner to come back to, no haste."""
    return case.status == Status.WAITING and case.priority != Priority.URGENT


def words_in(shedding: Shedding, language: str) -> str:
    """Return what an asker is told, in their language, with the time if there is one."""
    words = shedding.words_en if language == ENGLISH and shedding.words_en else shedding.words_zh
    if shedding.until_at is None:
        return words
    with translation.override(language):
        until = localtime(shedding.until_at).strftime("%m-%d %H:%M")
        return _("%(words)s (until %(until)s)") % {"words": words, "until": until}
