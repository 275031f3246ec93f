"""Counting the clocks of all open Cases anew, a batch at a time, after an agreement or a calendar has changed.

A batch is read and counted without a lock. Then, in one short transaction, the Recount is moved on (of two workers
only one can), and what still is as it was read is written with its Event; what somebody moved in the meantime is
counted alone. A worker that dies leaves the Recount where it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max, QuerySet

from bihuan.kernel import clock
from bihuan.spine.accounts.models import User
from bihuan.spine.audit.actions import SYSTEM
from bihuan.spine.cases import changes
from bihuan.spine.cases.models import Agreement, Calendar, Case, Level, Pause, Recount, Service
from bihuan.spine.cases.promises import clocks, levels, storing
from bihuan.spine.cases.promises.columns import READ, Counted, Row, count
from bihuan.spine.cases.promises.runs import Span

BATCH = 1000
VERB = "recounted"

Choose = Callable[[Row], Level | None]


def begin_recount(
    *, by: User | None, agreement: Agreement | None = None, calendar: Calendar | None = None
) -> Recount:
    """Have the worker count all open Cases anew; one of the same kind that is under way begins again."""
    upto = Case.objects.aggregate(Max("id"))["id__max"] or 0
    now = clock.now()
    Recount.objects.filter(agreement=agreement, calendar=calendar, done_at__isnull=True).update(done_at=now)
    return Recount.objects.create(
        agreement=agreement, calendar=calendar, begun_by=by, begun_at=now, upto=upto
    )


def recount_some(limit: int = BATCH) -> int:
    """Count the next batch of the oldest Recount; return how many Cases were looked at."""
    recount = Recount.objects.filter(done_at__isnull=True).select_related("agreement").order_by("id").first()
    return 0 if recount is None else _step(recount, limit)


def _step(recount: Recount, limit: int) -> int:
    rows = list(open_rows(recount.reached, recount.upto, recount.calendar_id)[:limit])
    counted = count_rows(rows, chooser(recount.agreement))
    last = rows[-1][0] if len(rows) == limit else recount.upto
    with transaction.atomic():
        mine = Recount.objects.filter(pk=recount.pk, reached=recount.reached, done_at__isnull=True)
        if not mine.update(reached=last, done_at=None if last < recount.upto else clock.now()):
            return 0
        written = _write(counted, recount)
        Recount.objects.filter(pk=recount.pk).update(changed_count=F("changed_count") + written)
    return max(len(rows), 1)


def open_rows(after: int, upto: int, calendar_id: int | None = None) -> QuerySet[Case, Row]:
    """Return the open Cases after a number, in the columns that counting reads."""
    found = Case.objects.filter(is_open=True, pk__gt=after, pk__lte=upto)
    if calendar_id is not None:
        found = found.filter(level__calendar_id=calendar_id)
    return found.order_by("pk").values_list(*READ)


def count_rows(rows: Sequence[Row], choose: Choose) -> Counted:
    """Count rows as they would be by the levels that ``choose`` gives."""
    now = clock.now()
    return count(rows, choose, pauses_of([row[0] for row in rows], now), clocks.percents(), now)


def chooser(agreement: Agreement | None) -> Choose:
    """Return what gives a row its level: the one it has, or the line of an agreement that fits it."""
    if agreement is None:
        known = Level.objects.select_related("calendar").in_bulk()
        return lambda row: known.get(row[6])
    book = levels.Book(levels.lines_of(agreement))
    urgency = dict(Service.objects.values_list("id", "urgency"))
    return lambda row: book.find(row[3], urgency.get(row[3], ""), row[4], row[5], row[8])


def pauses_of(numbers: Sequence[int], now: datetime) -> dict[int, list[Span]]:
    """Return the pauses of Cases in their order; one still open ends now."""
    found: dict[int, list[Span]] = defaultdict(list)
    if numbers:
        within = Pause.objects.filter(case_id__gte=numbers[0], case_id__lte=numbers[-1]).order_by("from_at")
        for case_id, from_at, until_at in within.values_list("case_id", "from_at", "until_at"):
            found[case_id].append((from_at, until_at or now))
    return found


def clocks_since(case: Case, since: datetime) -> clocks.Fields:
    """Return the clocks of a Case that was not open when others were counted anew since an instant."""
    begun = Recount.objects.filter(begun_at__gte=since).select_related("agreement").order_by("-id")
    if case.level is None or not begun.exists():
        return {}
    return clocks.recomputed(case, clock.now(), _level(case, begun.filter(agreement__isnull=False).first()))


def _level(case: Case, recount: Recount | None) -> Level | None:
    if recount is None or recount.agreement is None:
        return case.level
    return levels.Book(levels.lines_of(recount.agreement)).choose(case, case.service)


def _write(counted: Counted, recount: Recount) -> int:
    wanted = [k for k, is_changed in enumerate(counted.changed.tolist()) if is_changed]
    seen = {counted.rows[k][0]: counted.rows[k] for k in wanted}
    same = storing.unmoved(seen)
    fields = [(counted.rows[k], counted.fields(k)) for k in wanted if counted.rows[k][0] in same]
    storing.store(fields, VERB, {"recount": recount.pk})
    moved = sorted(seen.keys() - same)
    return len(fields) + sum(_alone(number, recount) for number in moved)


def _alone(number: int, recount: Recount) -> bool:
    """Count one Case that was moved while its batch was being counted."""
    related = ("service", "level__calendar", "level__agreement")
    case = Case.objects.select_for_update(of=("self",)).select_related(*related).get(pk=number)
    if not case.is_open:
        return False
    fields = clocks.recomputed(case, clock.now(), _level(case, recount))
    return changes.write(case, VERB, SYSTEM, detail={"recount": recount.pk}, **fields)
