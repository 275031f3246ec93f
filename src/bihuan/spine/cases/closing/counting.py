"""Counting the rates, week by week, in the database alone; the worker counts the weeks in which something changed.

A week is counted anew when a Case of it was changed since, or when a promise of it has passed in the meantime; and
the one that was counted longest ago every few hours anyway. What is read are a few thousand cells, never Cases.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Case as When_
from django.db.models import CharField, Count, Min, Value, When

from bihuan.kernel import clock
from bihuan.spine.cases.closing import measures, weeks
from bihuan.spine.cases.figures import Seconds
from bihuan.spine.cases.models import Case, RateCell, RateWeek

# Writes that began before the last counting may be seen only after it.
OVERLAP = timedelta(minutes=10)
STALE = timedelta(hours=6)
DAY_S = 86_400
KEYS = ("agency_id", "district_id", "service_id", "rule")
BATCH = 500


def count_due() -> int:
    """Count every week that has to be counted anew; return how many cells were written."""
    now = clock.now()
    return sum(count_week(monday, now) for monday in sorted(due(now)))


def due(now: datetime) -> set[date]:
    """Return the Mondays of the weeks that have to be counted anew."""
    known = RateWeek.objects.all()
    last = known.order_by("-counted_at").values_list("counted_at", flat=True).first()
    changed = _changed(Case.objects.filter(changed_at__gt=last - OVERLAP) if last else Case.objects.all())
    passed = set(known.filter(next_at__lte=now).values_list("monday", flat=True))
    oldest = known.filter(counted_at__lt=now - STALE).order_by("counted_at").values_list("monday", flat=True)
    return changed | passed | set(oldest[:1])


def _changed(cases: Any) -> set[date]:
    """Return the weeks of some Cases: by their days in UTC, each of which lies in one week of the city or two."""
    days = (
        cases.annotate(day=Seconds("opened_at") / DAY_S).values_list("day", flat=True).distinct().order_by()
    )
    edges = (datetime.fromtimestamp(day * DAY_S + edge, UTC) for day in days for edge in (0, DAY_S - 1))
    return {weeks.monday_of(at) for at in edges}


def count_week(monday: date, now: datetime) -> int:
    """Count one week and keep its cells; return how many. Of two workers one does it, the other passes on."""
    begin, end = weeks.span_of(monday)
    cases = Case.objects.filter(opened_at__gte=begin, opened_at__lt=end)
    with transaction.atomic():
        if not _claim(monday, now):
            return 0
        cells = [RateCell(week_id=monday, **row) for row in _cells(cases, now)]
        RateCell.objects.filter(week_id=monday).delete()
        RateCell.objects.bulk_create(cells, batch_size=BATCH)
        RateWeek.objects.filter(pk=monday).update(next_at=_next_at(cases, now))
    return len(cells)


def _claim(monday: date, now: datetime) -> bool:
    """Take a week in hand until the transaction ends: whoever comes second finds it counted already."""
    RateWeek.objects.get_or_create(monday=monday, defaults={"counted_at": datetime.min.replace(tzinfo=UTC)})
    return bool(RateWeek.objects.filter(monday=monday, counted_at__lt=now).update(counted_at=now))


def _cells(cases: Any, now: datetime) -> Iterable[dict[str, Any]]:
    rule = When_(
        *(When(one.condition, then=Value(one.code)) for one in measures.EXCLUSIONS),
        default=Value(""),
        output_field=CharField(),
    )
    counts = {name: Count("pk", filter=condition(now)) for name, condition in measures.MEASURES.items()}
    found: Iterable[dict[str, Any]] = cases.annotate(rule=rule).values(*KEYS).annotate(**counts).order_by()
    return found


def _next_at(cases: Any, now: datetime) -> datetime | None:
    """Return when the next promise of these Cases passes, so that the figures change by themselves."""
    passing = measures.next_passing(now).items()
    soonest = cases.aggregate(**{by: Min(by, filter=running) for by, running in passing})
    return min((at for at in soonest.values() if at is not None), default=None)
