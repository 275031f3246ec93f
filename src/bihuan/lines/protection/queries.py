"""Reading the care list: who may see whom, what is due today, how far each community is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.timezone import get_default_timezone, localtime

from bihuan.kernel import clock
from bihuan.lines.protection import due
from bihuan.lines.protection.kinds import NEEDS_POWER, Found, Kind, Status
from bihuan.lines.protection.models import Alarm, Check, Person, Supply
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.models import Banner, Case
from bihuan.spine.places.models import Site

SHOWN = 200
LARGEST_ID = 2**63 - 1
POWER_FAILURE = "power_failure"
RELATED = ("site__street", "agency")


# --- Who may see whom --------------------------------------------------------------------------------------


def visible_people(user: User) -> QuerySet[Person]:
    """Return the people whom this person's office, or one below it, looks after."""
    if not user.may(Permission.CARE):
        return Person.objects.none()
    people = Person.objects.filter(agency__in=own_agencies(user))
    return people.select_related(*RELATED).defer("site__street__outline")


def access_person(user: User, person_id: int) -> Person:
    """Return one person; 404 where this person may not know of them."""
    person = visible_people(user).filter(pk=min(person_id, LARGEST_ID)).first()
    if person is None:
        raise Http404
    return person


def is_cared_for(phone_hash: bytes) -> bool:
    """Say whether somebody of this telephone is on a care list; not who, nor why."""
    return Person.objects.filter(phone_hash=phone_hash, status=Status.LISTED).exists()


def own_offices(user: User) -> QuerySet[Agency]:
    """Return the offices in whose name this person may put somebody on the list."""
    return own_agencies(user).filter(is_active=True).order_by("path")


# --- Today -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """One person as the list of the day shows them. ``state``: missed, late, due, later, done."""

    person: Person
    state: str
    case_id: int | None = None
    low: list[Supply] = field(default_factory=list)
    session_at: datetime | None = None


RANKS = ("missed", "late", "due", "later", "done")


def list_today(user: User, site_id: int | None = None) -> list[Row]:
    """Return who is to be looked in on today, the most urgent first: missed, late, due, later; the gravest within."""
    now = clock.now()
    people = visible_people(user).filter(status=Status.LISTED, next_check_at__lte=day_end(now))
    people = people.filter(site_id=site_id) if site_id else people
    return sorted(_rows(people.order_by("next_check_at")[:SHOWN], now), key=urgency)


def urgency(row: Row) -> tuple[int, bool, datetime, int]:
    """Return by what a list of the day is ordered."""
    assert row.person.next_check_at
    # What is still to come goes by the hour; of what can no longer wait the gravest goes first.
    can_wait = row.state in {"later", "done"} or not row.person.is_grave
    return RANKS.index(row.state), can_wait, row.person.next_check_at, row.person.pk


def rows_of(people: Iterable[Person]) -> list[Row]:
    """Return people with what is known of their day."""
    return _rows(people, clock.now())


def _rows(people: Iterable[Person], now: datetime) -> list[Row]:
    people = list(people)
    low, cases = _low(people), _raised(people)
    return [
        Row(
            person, state_of(person, now), cases.get(person.pk), low.get(person.pk, []), _session(person, now)
        )
        for person in people
    ]


def state_of(person: Person, now: datetime) -> str:
    """Return how the next check of a person stands."""
    if person.next_check_at is None or person.next_check_at > day_end(now):
        return "done"
    if person.alarm_at is None or person.alarm_at <= now:
        return "missed"
    if person.next_check_at <= now - timedelta(minutes=person.grace_min) / 2:
        return "late"
    return "due" if person.next_check_at <= now + timedelta(hours=1) else "later"


def day_end(now: datetime) -> datetime:
    """Return the end of the city's day."""
    return localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def day_start(now: datetime) -> datetime:
    """Return the beginning of the city's day."""
    return localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)


def _low(people: list[Person]) -> dict[int, list[Supply]]:
    found: dict[int, list[Supply]] = defaultdict(list)
    low = Supply.objects.filter(person__in=people, warned_days__isnull=False, ended_at=None)
    for supply in low.order_by("runs_out_at"):
        found[supply.person_id].append(supply)
    return found


def _raised(people: list[Person]) -> dict[int, int]:
    alarms = Alarm.objects.filter(person__in=people, case__is_open=True, supply=None)
    return dict(alarms.order_by("pk").values_list("person_id", "case_id"))


def _session(person: Person, now: datetime) -> datetime | None:
    return due.next_weekday(person.weekdays, person.dialysis_h, now, get_default_timezone())


# --- Lists ---------------------------------------------------------------------------------------------------


def find_people(
    user: User, *, site_id: int | None = None, kind: str = "", has_left: bool = False
) -> QuerySet[Person]:
    """Return people of the list by site and kind, in no order."""
    people = visible_people(user).filter(status=Status.LEFT if has_left else Status.LISTED)
    people = people.filter(site_id=site_id) if site_id else people
    return people.filter(kinds__contains=f",{kind},") if kind in Kind.values else people


def list_people(
    user: User, *, site_id: int | None = None, kind: str = "", has_left: bool = False
) -> list[Person]:
    """Return people of the list by site and kind; those who live on power come first."""
    people = find_people(user, site_id=site_id, kind=kind, has_left=has_left)
    found = list(people.order_by("site__name_zh", "building", "pk")[: SHOWN * 5])
    return sorted(found, key=lambda person: not person.needs_power)


def needs_power() -> Q:
    """Return which people a power failure endangers."""
    return Q(kinds__contains=f",{NEEDS_POWER[0]},") | Q(kinds__contains=f",{NEEDS_POWER[1]},")


@dataclass(frozen=True)
class Outage:
    """A compound without power in which people of the list live on it."""

    site: Site
    people: int


def list_outages(user: User) -> list[Outage]:
    """Return the compounds where the power has failed and people live on oxygen or dialysis."""
    people = visible_people(user).filter(needs_power(), status=Status.LISTED)
    dark = people.filter(Q(site__in=_sites_of_cases()) | Q(site__in=_sites_of_banners()))
    counts = dict(dark.order_by().values_list("site").annotate(Count("pk")))
    sites = Site.objects.filter(pk__in=counts).order_by("name_zh")
    return [Outage(site, counts[site.pk]) for site in sites]


def _sites_of_cases() -> QuerySet[Case, int]:
    failures = Case.objects.filter(is_open=True, service__code=POWER_FAILURE, site__isnull=False)
    return failures.values_list("site_id", flat=True)


def _sites_of_banners() -> QuerySet[Site]:
    up = Banner.objects.filter(ended_at=None, services__code=POWER_FAILURE)
    return Site.objects.filter(pk__in=up.values("sites"))


# --- How far each community is -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Coverage:
    """One community's day, each person counted once.

    ``missed``: a check is missed now. ``seen``: seen today, even if due again later. ``due``: still to be seen.
    """

    agency: Agency
    listed: int
    seen: int
    due: int
    missed: int
    unanswered: int
    running_out: int

    @property
    def share(self) -> float:
        """Of those whose turn it was today, the share that was seen."""
        turn = self.seen + self.due + self.missed
        return self.seen / turn if turn else 1.0


def count_coverage(user: User) -> list[Coverage]:
    """Return each office's day; whoever sees every Case and the board sees all offices, others their own."""
    now = clock.now()
    offices = _counted_offices(user)
    listed = Person.objects.filter(agency__in=offices, status=Status.LISTED)
    turn = Q(next_check_at__lte=day_end(now))
    missed = Q(alarm_at=None) | Q(alarm_at__lte=now)
    seen = Q(last_seen_at__gte=day_start(now))
    rows = listed.values("agency").annotate(
        listed=Count("pk"),
        seen=Count("pk", filter=seen & ~(turn & missed)),
        due=Count("pk", filter=turn & ~missed & ~seen),
        missed=Count("pk", filter=turn & missed),
        unanswered=Count("pk", filter=turn & Q(last_found=Found.NO_ANSWER)),
    )
    low = dict(_running_out(listed))
    named = offices.in_bulk()
    counted = [_covered(named[row["agency"]], row, low.get(row["agency"], 0)) for row in rows]
    return sorted(counted, key=lambda one: (-one.missed, one.share, one.agency.path))


def _covered(agency: Agency, row: Any, running_out: int) -> Coverage:
    return Coverage(
        agency, row["listed"], row["seen"], row["due"], row["missed"], row["unanswered"], running_out
    )


def _counted_offices(user: User) -> QuerySet[Agency]:
    if user.may(Permission.BOARD) and user.may(Permission.VIEW_ALL):
        return Agency.objects.all()
    if user.may(Permission.CARE) or user.may(Permission.BOARD):
        return own_agencies(user)
    return Agency.objects.none()


def _running_out(listed: QuerySet[Person]) -> Iterable[tuple[int, int]]:
    low = listed.filter(supplies__warned_days__isnull=False, supplies__ended_at=None)
    return low.values_list("agency").annotate(Count("pk", distinct=True))


def count_missed() -> int:
    """Return how many checks of the whole city are missed now: the tile on the board."""
    missed = Q(alarm_at=None) | Q(alarm_at__lte=clock.now())
    return Person.objects.filter(missed, status=Status.LISTED).count()


def list_checks(person: Person, limit: int = 30) -> list[Check]:
    """Return the latest checks of a person."""
    return list(person.checks.select_related("by", "agency").order_by("-at", "-pk")[:limit])


def count_checks(user: User, since: datetime, until: datetime) -> list[tuple[Agency, str, int]]:
    """Return how many checks of each office came to what, in a span."""
    offices = _counted_offices(user)
    made = Check.objects.filter(agency__in=offices, at__gte=since, at__lt=until)
    rows = list(made.values_list("agency", "found").annotate(Count("pk")).order_by("agency", "found"))
    named = offices.in_bulk([row[0] for row in rows])
    return [(named[agency], found, count) for agency, found, count in rows]
