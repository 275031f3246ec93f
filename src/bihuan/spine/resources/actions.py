"""Writing the rota: single shifts, a repeating pattern, a copied week; each leaves its Event."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.kernel import clock
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import is_own
from bihuan.spine.audit.actions import record
from bihuan.spine.resources.models import Duty, Shift
from bihuan.spine.resources.queries import rota_agencies
from bihuan.spine.resources.rota import DAYS, FIRST, LAST, midnight, shifts_between, three_shifts

LONGEST = timedelta(hours=24)
MOST_DAYS = 92
WEEK = timedelta(days=DAYS)


@transaction.atomic
def add_shift(
    *, agency: Agency, person: User, duty: str, from_at: datetime, until_at: datetime, by: User
) -> Shift:
    """Put a person on duty for a span; refuses one who is on another shift then, or who may not see the Cases."""
    shift = Shift(agency=agency, person=person, duty=duty, from_at=from_at, until_at=until_at)
    return write_shifts([shift], by)[0]


@transaction.atomic
def repeat_shifts(
    *, agency: Agency, people: Sequence[User], duty: str, first_on: date, days: int, by: User
) -> list[Shift]:
    """Fill three shifts a day with people who take turns in the order given; all of it or nothing."""
    if not people:
        raise Refused(_("Choose who takes turns."), code="people", field="people")
    if not 1 <= days <= MOST_DAYS:
        message = _("From 1 to %(days)d days, please.") % {"days": MOST_DAYS}
        raise Refused(message, code="days", field="days")
    if not FIRST <= first_on <= LAST:
        raise Refused(_("There is no such day in a rota."), code="day", field="first_on")
    spans = three_shifts(first_on, days)
    shifts = [
        Shift(agency=agency, person=people[n % len(people)], duty=duty, from_at=since, until_at=until)
        for n, (since, until) in enumerate(spans)
    ]
    return write_shifts(shifts, by)


@transaction.atomic
def copy_week(*, agency: Agency, monday: date, by: User) -> list[Shift]:
    """Write the shifts of the week before into the week that begins on a Monday; all of them or none."""
    since = midnight(monday) - WEEK
    before = shifts_between(agency, since, since + WEEK).filter(from_at__gte=since).select_related("person")
    shifts = [
        Shift(agency=agency, person=one.person, duty=one.duty, from_at=one.from_at + WEEK,
              until_at=one.until_at + WEEK)
        for one in before
        if one.person.is_active
    ]  # fmt: skip
    if not shifts:
        raise Refused(_("There is nothing to copy: the week before has no shifts."), code="empty")
    return write_shifts(shifts, by)


@transaction.atomic
def remove_shift(*, shift: Shift, by: User) -> None:
    """Take back a shift; one that has begun ends now, one that is over stays as it was."""
    _check_agency(shift.agency, by)
    now = clock.now()
    if shift.until_at <= now:
        raise Refused(_("This shift is over."), code="over")
    if shift.from_at < now:
        Shift.objects.filter(pk=shift.pk).update(until_at=now)
    else:
        Shift.objects.filter(pk=shift.pk).delete()
    _record("shift_removed", [shift], by)


def write_shifts(shifts: list[Shift], by: User) -> list[Shift]:
    """Write shifts inside a transaction, with one Event for each agency; refuses all when one can't be."""
    for agency in {shift.agency for shift in shifts}:
        _check_agency(agency, by)
    people = {shift.person for shift in shifts}
    # One at a time for each person: two who write at once can't both find the time free.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=[one.pk for one in people]).order_by("pk"))
    for shift in shifts:
        check_shift(shift)
    _check_overlaps(shifts)
    for shift in shifts:
        shift.save(force_insert=True)
    for agency in sorted({shift.agency for shift in shifts}, key=lambda one: one.pk):
        _record("shift_added", [shift for shift in shifts if shift.agency == agency], by)
    return shifts


def check_shift(shift: Shift) -> None:
    """Refuse a shift that is wrong by itself: its person, its duty, its span."""
    if shift.duty not in Duty.values:
        raise Refused(_("There is no such duty."), code="duty", field="duty")
    if not shift.person.is_active:
        raise Refused(_("The account of %(person)s is closed.") % {"person": shift.person}, field="person")
    if not (is_above(shift.person, shift.agency) or shift.person.may(Permission.VIEW_ALL)):
        message = _("%(person)s may not see the cases of %(agency)s.")
        raise Refused(message % {"person": shift.person, "agency": shift.agency}, field="person")
    if not FIRST.year <= shift.from_at.year <= LAST.year:
        raise Refused(_("There is no such day in a rota."), code="day", field="from")
    if not shift.from_at < shift.until_at <= shift.from_at + LONGEST:
        raise Refused(_("A shift ends after it begins, and within 24 hours."), code="span", field="until")


def is_above(person: User, agency: Agency) -> bool:
    """Say whether a person works at an agency or at one above it."""
    return is_own(person, agency)


def _check_agency(agency: Agency, by: User) -> None:
    if not rota_agencies(by).filter(pk=agency.pk).exists():
        raise Forbidden(_("You don't keep the rota of this agency."))


def _check_overlaps(shifts: Sequence[Shift]) -> None:
    """Refuse a person who would be in two places at once."""
    since, until = min(one.from_at for one in shifts), max(one.until_at for one in shifts)
    people = {shift.person_id for shift in shifts}
    there = Shift.objects.filter(person_id__in=people, until_at__gt=since, from_at__lt=until)
    everything = [*there.select_related("person", "agency"), *shifts]
    for first, second in pairwise(
        sorted(everything, key=lambda one: (one.person_id, one.from_at, one.until_at))
    ):
        if first.person_id == second.person_id and second.from_at < first.until_at:
            raise Conflict(_overlap_words(first, second), code="overlap", field="person")


def _overlap_words(first: Shift, second: Shift) -> str:
    written = first if first.pk else second
    since, until = timezone.localtime(written.from_at), timezone.localtime(written.until_at)
    return _("%(person)s is on duty for %(agency)s from %(since)s to %(until)s already.") % {
        "person": written.person,
        "agency": written.agency,
        "since": f"{since:%m-%d %H:%M}",
        "until": f"{until:%m-%d %H:%M}",
    }


def _record(verb: str, shifts: Sequence[Shift], by: User) -> None:
    agency = shifts[0].agency
    rows = [[one.person_id, one.duty, one.from_at.isoformat(), one.until_at.isoformat()] for one in shifts]
    record(by=by, verb=verb, subject=agency, agency_id=agency.pk, detail={"shifts": rows})
