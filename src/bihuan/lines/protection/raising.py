"""Cases that the care list raises by itself: a missed check, something that runs out. Each exactly once.

What makes it once is the door: the client id of such an ask is reckoned from the moment that was missed, and
the database holds it once. A worker that is killed on the way, or two at the same time, come to the same Case.
"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction
from django.db.models import F, Q
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import keyed_hash
from bihuan.lines.protection import due
from bihuan.lines.protection.actions import open_cases
from bihuan.lines.protection.asking import place_and_person
from bihuan.lines.protection.kinds import Reason, Status, SupplyKind
from bihuan.lines.protection.models import Alarm, Person, Supply
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases import actions as case_actions
from bihuan.spine.cases import changes
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.states import Priority
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit

BATCH = 50
CHANNEL = "system"
LANGUAGE = "zh-hans"  # the city's: nobody in particular asks

T = TypeVar("T", "Person", "Supply")
log = logging.getLogger(__name__)


def step() -> int:
    """Raise what is due: missed checks, ends of supplies; plan anew whose Case has ended. The worker's step."""
    with translation.override(LANGUAGE):
        return raise_missed() + raise_supplies() + resume_rotas()


# --- Missed checks ---------------------------------------------------------------------------------------------


def raise_missed(limit: int = BATCH) -> int:
    """Raise a Case for each check that counts as missed; return how many."""
    missed = Person.objects.filter(alarm_at__lte=clock.now()).select_related("site", "agency")
    return _each(missed.order_by("alarm_at")[:limit], _raise_missed)


def _each(rows: Iterable[T], do: Callable[[T], bool]) -> int:
    """Do something for each row; one that is refused keeps no other waiting."""
    done = 0
    for row in rows:
        try:
            done += do(row)
        except Refused as refused:
            log.error("No Case could be raised for %s %s: %s", type(row).__name__, row.pk, refused.code)
    return done


def _raise_missed(person: Person) -> bool:
    assert person.next_check_at
    slot = f"missed:{person.pk}:{person.next_check_at.timestamp():.0f}"
    words = _("Check missed: it was due at %(time)s. Care list No. %(number)s (%(kinds)s).") % {
        "time": f"{localtime(person.next_check_at):%m-%d %H:%M}",
        "number": person.pk,
        "kinds": _kinds(person),
    }
    case = _case(person, slot, "welfare_check", words)
    with transaction.atomic():
        is_first = _keep(person, None, Reason.MISSED, slot, case)
        Person.objects.filter(pk=person.pk, next_check_at=person.next_check_at).update(alarm_at=None)
    return is_first


def resume_rotas(limit: int = BATCH) -> int:
    """Plan the next check of people whose raised Case has ended without a check being taken down."""
    waiting = Person.objects.filter(status=Status.LISTED, alarm_at=None).select_related("agency")
    # Only the Case of the very check that is due: an older one may have ended long ago.
    ended = waiting.filter(
        Q(alarms__case__is_open=False, alarms__reason=Reason.MISSED, alarms__at__gte=F("next_check_at"))
    ).distinct()
    return sum(map(_resume, ended[:limit]))


def _resume(person: Person) -> bool:
    following = due.next_check(person.rota, clock.now())
    same = Person.objects.filter(pk=person.pk, alarm_at=None, next_check_at=person.next_check_at)
    return bool(same.update(next_check_at=following, alarm_at=person.rota.missed_at(following)))


# --- What runs out -----------------------------------------------------------------------------------------------


def raise_supplies(limit: int = BATCH) -> int:
    """Warn of each supply that ends soon: a Case a week ahead, a word on it and urgency later; return how many."""
    ending = Supply.objects.filter(warn_at__lte=clock.now()).select_related("person__site", "person__agency")
    return _each(ending.order_by("warn_at")[:limit], _raise_supply)


def _raise_supply(supply: Supply) -> bool:
    assert supply.runs_out_at
    days = due.warning_of(supply.runs_out_at, clock.now())
    assert days is not None
    of_this_count = f"supply:{supply.pk}:{supply.counted_at.timestamp():.0f}"
    slot, words = f"{of_this_count}:{days}", _words(supply)
    is_first = False
    if not Alarm.objects.filter(slot=slot).exists():
        known = open_cases(supply.person, supply)
        case = (
            known[0] if known else _case(supply.person, _attempt(supply, of_this_count), "care_supply", words)
        )
        with transaction.atomic():
            is_first = _keep(supply.person, supply, Reason.SUPPLY, slot, case)
            if is_first:
                _press(case, words if known else "", days)
    same = Supply.objects.filter(pk=supply.pk, counted_at=supply.counted_at)
    same.update(warned_days=days, warn_at=due.next_warning(supply.runs_out_at, days))
    return is_first


def _attempt(supply: Supply, of_this_count: str) -> str:
    # By what was raised so far, not by the days that are left: a worker that is killed may come back a day later.
    return f"{of_this_count}:case-{supply.alarms.filter(slot__startswith=of_this_count).count()}"


def _words(supply: Supply) -> str:
    return _("%(what)s lasts until %(day)s. Care list No. %(number)s (%(kinds)s).") % {
        "what": SupplyKind(supply.kind).label,
        "day": f"{localtime(supply.runs_out_at):%m-%d %H:%M}",
        "number": supply.person_id,
        "kinds": _kinds(supply.person),
    }


def _press(case: Case, words: str, days: int) -> None:
    """Say it again on a Case that is open already, and make it urgent on the last day."""
    try:
        with transaction.atomic():
            if words:
                case = case_actions.note(case=case, by=SYSTEM, text=words)
            if days == min(due.LEAD_DAYS) and case.priority != Priority.URGENT:
                case_actions.set_priority(case=case, priority=Priority.URGENT, by=SYSTEM)
    except Refused:
        return  # it ended in the same moment


# --- The way through the door --------------------------------------------------------------------------------------


def _case(person: Person, slot: str, service: str, words: str) -> Case:
    """Return the Case of this slot: hand it in at the door, or find what was handed in before."""
    received = submit(_payload(person, slot, service, words))
    case = triage_one(Submission.objects.get(receipt=received.receipt))
    changes.write(
        case,
        "self_raised",
        SYSTEM,
        only_if={"is_self_raised": False, "status": case.status},
        is_self_raised=True,
    )
    return case


def _payload(person: Person, slot: str, service: str, words: str) -> dict[str, object]:
    said = {
        # Keyed: whoever sends a client id again is told the receipt, and these could be guessed.
        "client_id": f"care-{keyed_hash(slot).hex()}",
        "channel": CHANNEL,
        "service": service,
        "text": words,
        "language": LANGUAGE,
    }
    return said | place_and_person(person)


def _keep(person: Person, supply: Supply | None, reason: Reason, slot: str, case: Case) -> bool:
    """Remember the Case of a slot; say whether this call was the first."""
    said = {"person": person, "supply": supply, "reason": reason, "case": case, "at": clock.now()}
    _alarm, is_new = Alarm.objects.get_or_create(slot=slot, defaults=said)
    if is_new:
        detail = {"reason": reason.value, "person": person.pk}
        record(
            by=SYSTEM,
            verb="care_alarm",
            subject=person,
            case_id=case.pk,
            agency_id=person.agency_id,
            detail=detail,
        )
    return is_new


def _kinds(person: Person) -> str:
    return "、".join(str(kind.label) for kind in person.kind_list)
