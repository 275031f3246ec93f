"""The verbs of the care list: put on, change, count, check, take off. Each leaves one Event without personal data."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.kernel.private import keyed_hash, normal_phone, seal
from bihuan.lines.protection import due
from bihuan.lines.protection.drafts import Draft
from bihuan.lines.protection.kinds import SEEN, Found, Leaving, Status, SupplyKind
from bihuan.lines.protection.models import Alarm, Check, Person, Supply
from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.cases import actions as case_actions
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.triage import triage_one
from bihuan.spine.door.models import Submission
from bihuan.spine.door.submit import submit

NOTE_LIMIT = 500
FROM_VISIT = "visit"


# --- Putting on the list -----------------------------------------------------------------------------------


@transaction.atomic
def add(*, draft: Draft, by: User, is_synthetic: bool = False) -> Person:
    """Put a person on the list; refuses one who is on it already."""
    return add_many(drafts=[draft], by=by, is_synthetic=is_synthetic)[0]


@transaction.atomic
def add_many(*, drafts: Sequence[Draft], by: User | None, is_synthetic: bool = False) -> list[Person]:
    """Put people on the list, all of them or none."""
    people = []
    for draft in drafts:
        if by is not None:
            check_own(by, draft)
        draft.check()
        people.append(_write(draft, by, is_synthetic=is_synthetic))
    return people


def check_own(by: User, about: Draft | Person) -> None:
    """Refuse whose role or office does not look after this person."""
    if not by.may(Permission.CARE):
        raise Forbidden(_("Your role does not include the care list."))
    if not is_own(by, about.agency):
        raise Forbidden(_("Another office looks after this person."), field="agency")


def _write(draft: Draft, by: User | None, *, is_synthetic: bool) -> Person:
    now = clock.now()
    check_new(draft)
    person = Person(**draft.columns(), added_at=now, added_by=by, is_synthetic=is_synthetic)
    _plan(person, due.first_check(person.rota, now))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise _there_already(draft) from None
    _record(person, "care_add", by, {"consent": person.consent})
    return person


def check_new(draft: Draft, but: Person | None = None) -> None:
    """Refuse somebody who is on the list: the same name at the same door, or the same telephone unless it is shared."""
    listed = Person.objects.filter(status=Status.LISTED).exclude(pk=but.pk if but else 0)
    if found := listed.filter(same_hash=draft.same_hash()).first():
        raise _already(found)
    if draft.phone.strip() and not draft.is_phone_shared:
        phone_hash = keyed_hash(normal_phone(draft.phone))
        if found := listed.filter(phone_hash=phone_hash).first():
            raise Conflict(
                _("No. %(number)s on the list has this telephone. If two people share it, say so.")
                % {"number": found.pk},
                code="same_phone",
                field="phone",
            )


def _there_already(draft: Draft) -> Conflict:
    found = Person.objects.filter(status=Status.LISTED, same_hash=draft.same_hash()).first()
    return _already(found) if found else Conflict(_("This person is on the list already."), field="name")


def _already(found: Person) -> Conflict:
    message = _("This person is on the list already, as No. %(number)s.") % {"number": found.pk}
    return Conflict(message, code="listed", field="name")


@transaction.atomic
def change(*, person: Person, draft: Draft, by: User) -> Person:
    """Change what is known of a person; a new rota counts from when they were last seen."""
    check_own(by, person)
    check_own(by, draft)
    draft.check()
    locked = _locked(person)
    check_new(draft, but=locked)
    columns = draft.columns()
    was = locked.rota
    for name, value in columns.items():
        setattr(locked, name, value)
    if locked.rota != was:
        _plan(locked, _next(locked, clock.now()))
    try:
        with transaction.atomic():
            locked.save(update_fields=[*columns, "next_check_at", "alarm_at"])
    except IntegrityError:
        raise _there_already(draft) from None
    _record(locked, "care_change", by, {})
    return locked


def _next(person: Person, now: datetime) -> datetime:
    if person.last_seen_at is None:
        return due.first_check(person.rota, now)
    return max(due.next_check(person.rota, person.last_seen_at), due.first_check(person.rota, now))


def _plan(person: Person, at: datetime) -> None:
    person.next_check_at, person.alarm_at = at, person.rota.missed_at(at)


@transaction.atomic
def leave(*, person: Person, reason: str, by: User) -> Person:
    """Take a person off the list; what is personal is erased when its days are over."""
    check_own(by, person)
    if reason not in Leaving.values:
        raise Refused(_("Say why."), code="reason", field="reason")
    now = clock.now()
    fields = {
        "status": Status.LEFT,
        "left_at": now,
        "leaving": reason,
        "next_check_at": None,
        "alarm_at": None,
    }
    if not Person.objects.filter(pk=person.pk, status=Status.LISTED).update(**fields):
        raise Conflict(_("This person has left the list already."))
    Supply.objects.filter(person=person, ended_at=None).update(ended_at=now, warn_at=None)
    _record(person, "care_leave", by, {"reason": reason})
    note_on_cases(person, _("The person has left the care list: %(why)s.") % {"why": Leaving(reason).label})
    return Person.objects.get(pk=person.pk)


# --- What is left of something -----------------------------------------------------------------------------


@transaction.atomic
def count_supply(
    *, person: Person, kind: str, amount: float, daily_use: float, by: User | None, label: str = "",
    supply: Supply | None = None,
) -> Supply:  # fmt: skip
    """Take down what is left of something and how much a day takes; what was warned of before is settled."""
    if by is not None:
        check_own(by, person)
    _locked(person)
    _check_supply(kind, amount, daily_use)
    now = clock.now()
    row = supply or Supply(person=person)
    row.kind, row.amount, row.daily_use, row.counted_at = kind, amount, daily_use, now
    row.label_sealed = seal(label.strip()[:80]) if label.strip() else None
    row.runs_out_at = due.runs_out(amount, daily_use, now)
    row.warned_days = None
    row.warn_at = due.next_warning(row.runs_out_at, None) if row.runs_out_at else None
    row.save()
    _record(person, "care_supply", by, {"kind": kind, "supply": row.pk})
    for case in open_cases(person, supply=row):
        _note(
            case,
            _("Counted anew: %(what)s lasts until %(day)s.")
            % {"what": SupplyKind(kind).label, "day": _day(row)},
        )
    return row


def _check_supply(kind: str, amount: float, daily_use: float) -> None:
    if kind not in SupplyKind.values:
        raise Refused(_("There is no such supply."), code="kind", field="kind")
    for name, number in (("amount", amount), ("daily_use", daily_use)):
        if not 0 <= number <= 100_000:  # also refuses what is no number
            raise Refused(_("A number from 0 to 100000, please."), code="range", field=name)


def _day(supply: Supply) -> str:
    return f"{localtime(supply.runs_out_at):%Y-%m-%d}" if supply.runs_out_at else "—"


@transaction.atomic
def end_supply(*, supply: Supply, by: User) -> Supply:
    """Stop watching a supply that is no longer needed."""
    check_own(by, supply.person)
    if not Supply.objects.filter(pk=supply.pk, ended_at=None).update(ended_at=clock.now(), warn_at=None):
        raise Conflict(_("It is watched no longer."))
    _record(supply.person, "care_supply_end", by, {"kind": supply.kind, "supply": supply.pk})
    return Supply.objects.get(pk=supply.pk)


# --- Checks --------------------------------------------------------------------------------------------------


@transaction.atomic
def check(*, person: Person, found: str, by: User, note: str = "", case: Case | None = None) -> Check:
    """Take down a look at a person. Seen, they are next due by the rota; not seen, they stay due."""
    check_own(by, person)
    if found not in Found.values:
        raise Refused(_("Say what was found."), code="found", field="found")
    locked, now = _locked(person), clock.now()
    row = Check.objects.create(
        person=locked, by=by, agency=locked.agency, at=now, due_at=locked.next_check_at, found=found,
        note_sealed=seal(note.strip()[:NOTE_LIMIT]) if note.strip() else None, case=case,
    )  # fmt: skip
    locked.last_check_at, locked.last_found = now, found
    if found in SEEN:
        locked.last_seen_at = now
        _plan(locked, due.next_check(locked.rota, now))
    locked.save(update_fields=["last_check_at", "last_found", "last_seen_at", "next_check_at", "alarm_at"])
    _record(locked, "care_check", by, {"found": found, "case": case.pk if case else None})
    # It closes nothing: whoever has the Case reads it and decides.
    note_on_cases(
        locked, _("Check by %(office)s: %(found)s.") % {"office": locked.agency, "found": Found(found).label}
    )
    return row


def ask_for(*, person: Person, payload: Mapping[str, Any], by: User) -> Case:
    """Ask for something in a person's name through the one door, and take the check down.

    Not to be called inside a transaction: the door answers only for what is durable.
    """
    check_own(by, person)
    if not person.is_listed:
        raise Conflict(_("This person has left the list already."))
    received = submit({**payload, "channel": FROM_VISIT})
    case = triage_one(Submission.objects.get(receipt=received.receipt))
    if not Check.objects.filter(person=person, case=case).exists():
        check(person=person, found=Found.NEEDS, by=by, case=case)
    return case


# --- Cases that were raised ------------------------------------------------------------------------------------


def open_cases(person: Person, supply: Supply | None = None) -> list[Case]:
    """Return the open Cases that were raised for a person by themselves, or for one supply."""
    alarms = Alarm.objects.filter(person=person, case__is_open=True)
    alarms = alarms.filter(supply=supply) if supply else alarms
    numbers = alarms.values_list("case_id", flat=True)
    return list(Case.objects.filter(pk__in=set(numbers)).order_by("pk"))


def note_on_cases(person: Person, words: str) -> None:
    """Put an internal note on the Cases that were raised for a missed check and are still open."""
    for case in open_cases(person):
        _note(case, words)


def _note(case: Case, words: str) -> None:
    try:
        with transaction.atomic():
            case_actions.note(case=case, by=SYSTEM, text=words)
    except Refused:
        return  # it ended in the same moment


def _locked(person: Person) -> Person:
    found = Person.objects.select_for_update(of=("self",)).select_related("agency", "site").get(pk=person.pk)
    if not found.is_listed:
        raise Conflict(_("This person has left the list already."))
    return found


def _record(person: Person, verb: str, by: User | None, detail: dict[str, Any]) -> None:
    record(by=by or SYSTEM, verb=verb, subject=person, agency_id=person.agency_id, detail=detail)
