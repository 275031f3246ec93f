"""When a desk's queue will be late, with how many reviewers it will not: counted by the worker, read by pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bihuan.kernel import clock
from bihuan.lines.passes.models import Desk, Pace, Pass
from bihuan.lines.passes.states import REVIEWED
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.figures import Seconds
from bihuan.spine.cases.surge.forecast import SLOT_MIN, SLOTS, Load, expected, late_after, outlook

HOURS = 3
HOUR_S = 3600
SLOT_S = SLOT_MIN * 60
MOST_REVIEWERS = 40


@dataclass(frozen=True)
class Line:
    """What a page says of one desk's queue."""

    words: str
    is_late: bool


# --- Counting ------------------------------------------------------------------------------------------------


def count() -> int:
    """Count every desk's queue and keep it; return how many desks there are. The worker's step."""
    desks: dict[int, list[Desk]] = {}
    for desk in Desk.objects.all():
        desks.setdefault(desk.agency_id, []).append(desk)
    for agency_id, rules in desks.items():
        promise = sum(rule.promise_min for rule in rules) / len(rules)
        Pace.objects.update_or_create(agency_id=agency_id, defaults=_counted(agency_id, promise))
    return len(desks)


def _counted(agency_id: int, promise_min: float) -> dict[str, object]:
    now = clock.now()
    waiting = Pass.objects.filter(agency=agency_id, status__in=REVIEWED).order_by()
    dues, overdue = _dues(waiting, now)
    recent = Pass.objects.filter(agency=agency_id).order_by()
    since = now - timedelta(hours=HOURS)
    decided = recent.filter(decided_at__gt=since, decided_at__lte=now)
    counts = {
        "opened": _by_hour(recent.filter(applied_at__gt=since, applied_at__lte=now), "applied_at", now),
        "done": _by_hour(decided, "decided_at", now),
        "dues": dues,
        "promise_min": promise_min,
    }
    reviewers = decided.filter(decided_at__gt=now - timedelta(hours=1), dealt_to__isnull=False)
    return {
        "at": now, "waiting": sum(dues) + overdue, "overdue": overdue, "counts": counts,
        "reviewers": reviewers.values("dealt_to").distinct().count(),
    }  # fmt: skip


def _dues(waiting: QuerySet[Pass], now: datetime) -> tuple[list[int], int]:
    slot = (Seconds("due_at") - int(now.timestamp())) / SLOT_S
    dues, overdue = [0] * SLOTS, waiting.filter(due_at__lte=now).count()
    ahead = waiting.filter(due_at__gt=now).annotate(slot=slot).values("slot").annotate(n=Count("id"))
    for row in ahead:
        dues[min(max(int(row["slot"]), 0), SLOTS - 1)] += row["n"]
    return dues, overdue


def _by_hour(rows: QuerySet[Pass], field: str, now: datetime) -> list[int]:
    ago = (int(now.timestamp()) - Seconds(field)) / HOUR_S
    found = [0] * HOURS
    for row in rows.annotate(ago=ago).values("ago").annotate(n=Count("id")):
        if 0 <= row["ago"] < HOURS:
            found[HOURS - 1 - int(row["ago"])] += row["n"]
    return found


# --- Reading -------------------------------------------------------------------------------------------------


def lines_for(user: User) -> list[Line]:
    """Return what there is to say of the queues of a person's desks, the late ones first."""
    return sorted(map(line_of, paces_for(user)), key=lambda line: not line.is_late)


def paces_for(user: User) -> list[Pace]:
    """Return what was counted last of a person's desks."""
    found = Pace.objects.select_related("agency").filter(agency__in=_desks_of(user))
    return list(found.order_by("agency__path"))


def _desks_of(user: User) -> Iterable[Agency]:
    return Agency.objects.all() if user.may(Permission.PASS_DESK) else own_agencies(user)


def load_of(pace: Pace) -> Load:
    """Return what was counted as the forecast takes it."""
    counts = pace.counts
    return Load(
        counts["opened"], counts["done"], counts["dues"], pace.overdue, counts["promise_min"], pace.reviewers
    )


def line_of(pace: Pace) -> Line:
    """Say when one desk's queue will be late, and with how many reviewers it will not."""
    load = load_of(pace)
    seen = outlook(load)
    told = {"desk": pace.agency, "waiting": pace.waiting, "late": pace.overdue}
    first = _("%(desk)s: %(waiting)d wait, %(late)d of them late.") % told
    if seen.likely_min is None:
        return Line(f"{first} {_('At this pace the promise is kept.')}", bool(pace.overdue))
    at = localtime(pace.at + timedelta(minutes=seen.likely_min))
    when = _late_words(f"{at:%H:%M}", pace.reviewers)
    return Line(f"{first} {when} {_enough_words(reviewers_needed(load))}".strip(), True)


def _late_words(time: str, reviewers: int) -> str:
    if not reviewers:
        return _("Nobody decided anything in the last hour: late at %(time)s.") % {"time": time}
    words = ngettext(
        "The queue will be late at %(time)s with %(n)d reviewer.",
        "The queue will be late at %(time)s with %(n)d reviewers.",
        reviewers,
    )
    return words % {"time": time, "n": reviewers}


def _enough_words(enough: int | None) -> str:
    if enough is None:
        return ""
    return ngettext("With %(n)d it will not.", "With %(n)d it will not.", enough) % {"n": enough}


def reviewers_needed(load: Load) -> int | None:
    """Return with how many reviewers, as quick as those of the last hour, nothing is late; None if unknown."""
    if not load.people or not load.pace:
        return None
    each, coming = load.pace / load.people, expected(load.opened)
    more = range(load.people + 1, load.people + MOST_REVIEWERS)
    return next((n for n in more if late_after(load, coming, n * each) is None), None)
