"""What the forecast needs, counted in the database by the worker; a page reads one row."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency, User
from bihuan.spine.accounts.permissions import Permission
from bihuan.spine.accounts.queries import own_agencies
from bihuan.spine.cases.figures import Seconds, keep
from bihuan.spine.cases.models import Case, Figures
from bihuan.spine.cases.surge.forecast import SLOT_MIN, SLOTS, Load, together
from bihuan.spine.resources.models import Duty
from bihuan.spine.resources.queries import running

HOURS = 72
HOUR_S = 3600
SLOT_S = SLOT_MIN * 60
NAME = "forecast"
NONE = "0"

Values = dict[str, Any]


def count() -> None:
    """Count every agency's load and keep it."""
    now = clock.now()
    rows: dict[str, Values] = defaultdict(_blank)
    first = now - timedelta(hours=HOURS)
    _by_hour(rows, "opened", Case.objects.filter(opened_at__gt=first, opened_at__lte=now), "opened_at", now)
    # What was resolved since then was changed since then: that has an index, and the other has none.
    done = Case.objects.filter(changed_at__gt=first, resolved_at__gt=first, resolved_at__lte=now)
    _by_hour(rows, "done", done, "resolved_at", now)
    _dues(rows, now)
    _allowances(rows, now)
    keep(NAME, {"at": now.isoformat(), "agencies": rows})


def _blank() -> Values:
    return {
        "opened": [0] * HOURS,
        "done": [0] * HOURS,
        "dues": [0] * SLOTS,
        "overdue": 0,
        "allowance_min": 0.0,
    }


def _by_hour(rows: dict[str, Values], name: str, found: Any, field: str, now: datetime) -> None:
    """Count by hours back from now, so that the last one is a whole hour too."""
    ago = (int(now.timestamp()) - Seconds(field)) / HOUR_S
    for row in found.annotate(ago=ago).values("agency_id", "ago").annotate(n=Count("id")).order_by():
        if 0 <= row["ago"] < HOURS:
            rows[_key(row["agency_id"])][name][HOURS - 1 - row["ago"]] += row["n"]


def _dues(rows: dict[str, Values], now: datetime) -> None:
    until = now + timedelta(minutes=SLOTS * SLOT_MIN)
    waiting = Case.objects.filter(is_open__in=[True], due_at__isnull=False, resolve_by__lt=until)
    slot = (Seconds("resolve_by") - int(now.timestamp())) / SLOT_S
    late = waiting.filter(resolve_by__lte=now).values("agency_id").annotate(n=Count("id")).order_by()
    for row in late:
        rows[_key(row["agency_id"])]["overdue"] = row["n"]
    ahead = waiting.filter(resolve_by__gt=now).annotate(slot=slot)
    for row in ahead.values("agency_id", "slot").annotate(n=Count("id")).order_by():
        rows[_key(row["agency_id"])]["dues"][min(row["slot"], SLOTS - 1)] += row["n"]


def _allowances(rows: dict[str, Values], now: datetime) -> None:
    lately = Case.objects.filter(
        opened_at__gt=now - timedelta(days=1), opened_at__lte=now, resolve_by__isnull=False
    )
    promised = Avg(Seconds("resolve_by") - Seconds("opened_at"))
    for row in lately.values("agency_id").annotate(s=promised).order_by():
        rows[_key(row["agency_id"])]["allowance_min"] = round(float(row["s"] or 0) / 60, 1)


def _key(agency: int | None) -> str:
    return str(agency or NONE)


# --- Reading -------------------------------------------------------------------------------------------


def load_of(user: User) -> tuple[Load, datetime] | None:
    """Return the load of a person's own queue, and when it was counted; the city's for whoever sees all."""
    kept = Figures.objects.filter(name=NAME).first()
    if kept is None:
        return None
    everything = user.may(Permission.VIEW_ALL)
    agencies = list(Agency.objects.all() if everything else own_agencies(user))
    wanted = {str(agency.pk) for agency in agencies} | ({NONE} if everything else set())
    rows = [row for number, row in kept.values["agencies"].items() if number in wanted]
    return together([_load(row) for row in rows], people_of(agencies)), kept.counted_at


def _load(row: Values) -> Load:
    return Load(row["opened"], row["done"], row["dues"], row["overdue"], row["allowance_min"], 0)


def people_of(agencies: Iterable[Agency]) -> int:
    """Count who is on duty now at some agencies, each person once."""
    shifts = running(clock.now()).filter(agency__in=[agency.pk for agency in agencies], duty=Duty.OFFICER)
    return shifts.values("person").distinct().count()
