"""What everybody may know of the rates: one week at a time, after it is over, without small numbers.

Weeks do not overlap, so that no two pages can be subtracted from each other, and each is told anew once a day at
most. Shares are told in whole percent, and only of ``SMALL`` Cases or more; plain numbers from ``LEAST`` on.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bihuan.kernel import clock
from bihuan.spine.cases.closing import rates, suppressing, weeks
from bihuan.spine.cases.closing.measures import RATES, SMALL
from bihuan.spine.cases.closing.rates import DIMENSIONS, Line, Scope, Table
from bihuan.spine.cases.closing.suppressing import Cell, Key
from bihuan.spine.cases.figures import keep
from bihuan.spine.cases.models import Figures, RateCell, RateWeek

LEAST = 5
KEPT_WEEKS = 53
AGAIN_AFTER = timedelta(days=1)
SETTLED_AFTER = timedelta(days=1)
PREFIX = "rates-"

Values = dict[str, Any]
Hidden = dict[str, set[Key] | None]


def publish_due(limit: int = KEPT_WEEKS) -> int:
    """Tell the weeks that are over and have not been told for a day, the newest first; return how many."""
    now = clock.now()
    told = dict(Figures.objects.filter(name__startswith=PREFIX).values_list("name", "counted_at"))
    mondays = RateWeek.objects.order_by("-monday").values_list("monday", flat=True)[:KEPT_WEEKS]
    due = [monday for monday in mondays if _is_due(monday, told.get(PREFIX + weeks.name_of(monday)), now)]
    for monday in due[:limit]:
        keep(PREFIX + weeks.name_of(monday), week_of(monday))
    return len(due[:limit])


def _is_due(monday: date, told_at: datetime | None, now: datetime) -> bool:
    is_over = weeks.span_of(monday)[1] + SETTLED_AFTER <= now
    return is_over and (told_at is None or told_at <= now - AGAIN_AFTER)


def week_of(monday: date) -> Values:
    """Return what is told of one week: everything together, and a list for each dimension."""
    cells = list(RateCell.objects.filter(week_id=monday, rule="").order_by("pk").values())
    not_told = hidden_of(cells)
    tables = {by: rates.table(None, Scope(monday, monday), by) for by in DIMENSIONS}
    one = next(iter(tables.values()))
    return {
        "week": weeks.name_of(monday),
        "total": _told(one.total, lambda name: not_told[name] is None),
        "excluded": {code: n if n >= LEAST else None for code, n in one.excluded.items()},
        **{f"by_{by}": _lines(found, by, not_told) for by, found in tables.items()},
    }


def hidden_of(cells: Iterable[Mapping[str, Any]]) -> Hidden:
    """Return for the number of Cases and for each rate which lines are not told."""
    cells = list(cells)
    found: Hidden = {"cases": suppressing.hidden(_cells(cells, "cases", "cases"), LEAST, tells_parts=False)}
    for rate in RATES:
        found[rate.code] = suppressing.hidden(_cells(cells, rate.part, rate.whole), SMALL)
    return found


def _cells(cells: Iterable[Mapping[str, Any]], part: str, whole: str) -> list[Cell]:
    return [Cell({by: cell[f"{by}_id"] for by in DIMENSIONS}, cell[part], cell[whole]) for cell in cells]


def _lines(found: Table, by: str, not_told: Hidden) -> list[Values]:
    """Give each line its names and what is told of it, in the order of the codes: there is no ranking here."""
    told = []
    for line in sorted(found.lines, key=lambda one: one.code):
        key = (by, rates.id_of(by, line.code))
        values = _told(line, lambda name, key=key: _hides(not_told[name], key))  # type: ignore[misc]
        told.append({"code": line.code, "zh": line.zh, "en": line.en, **values})
    return told


def _hides(keys: set[Key] | None, key: Key) -> bool:
    return keys is None or key in keys


def _told(line: Line, hides: Callable[[str], bool]) -> Values:
    values: Values = {"cases": None if hides("cases") else line.counts["cases"]}
    for code, share in line.shares.items():
        is_told = share.value is not None and not share.is_small and not hides(code)
        values[code] = round(100 * (share.value or 0)) if is_told else None
    return values


def told_weeks() -> list[str]:
    """Return the names of the weeks that everybody may read about, newest first."""
    names = Figures.objects.filter(name__startswith=PREFIX).order_by("-name").values_list("name", flat=True)
    return [name.removeprefix(PREFIX) for name in names[:KEPT_WEEKS]]


def told_week(week: str) -> Values | None:
    """Return what is told of a week, with ``counted_at``; None where nothing is."""
    row = Figures.objects.filter(name=PREFIX + week).first()
    return {**row.values, "counted_at": row.counted_at} if row else None


def told_totals(limit: int = 12) -> list[Values]:
    """Return the latest weeks' totals, oldest first."""
    rows = Figures.objects.filter(name__startswith=PREFIX).order_by("-name")[:limit]
    return [{"week": row.values["week"], **row.values["total"]} for row in reversed(rows)]
