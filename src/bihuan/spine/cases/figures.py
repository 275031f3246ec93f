"""Figures of the boards, counted in the database by the worker every few seconds; reading them is one row.

``board`` (for the commander) holds::

    open late triage hold urgent            open Cases now, and how many of them are …
    opened_24h ended_24h                    in the last 24 hours
    breached_24h accept_min resolve_min     of the Cases opened in the last 24 hours: how many broke a promise,
    returned_rate reopened_rate             average minutes, shares from 0 to 1; null where there are none
    by_hour      [{hour, opened, ended}]    the last 48 hours, oldest first; hour is an ISO instant
    by_agency    [{code, zh, en, open, late, opened_24h, accept_min, resolve_min, returned, reopened}]
    by_service by_district                  [{code, zh, en, open, late}]
    by_channel by_status                    [{code, open, late}]

``public`` (for everybody; nothing of persons) holds ``open opened_24h ended_24h accept_min resolve_min by_hour``
and ``by_service by_district`` as [{code, zh, en, open}], where ``open`` is null for small numbers.
``map`` holds ``cells``: [{cell, lon, lat, open, late, by_status}], cells of about a kilometre and a half.
Lists have the largest number first.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import h3
from django.db import transaction
from django.db.models import Avg, Count, Func, IntegerField, Q

from bihuan.kernel import clock
from bihuan.spine.accounts.models import Agency
from bihuan.spine.cases.models import Case, Figures, Service
from bihuan.spine.cases.states import Priority, Status
from bihuan.spine.places.models import District

HOURS = 48
DAY = timedelta(hours=24)
HOUR_S = 3600
SMALL = 5
MAP_RESOLUTION = 7

Row = dict[str, Any]
Values = dict[str, Any]
DIMENSIONS = ("agency_id", "service_id", "district_id", "channel", "status", "priority")


class Seconds(Func):
    """Whole seconds since 1970 of an instant, so that hours and spans are counted inside the database."""

    output_field = IntegerField()
    template = "CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)", **context
        )


def count() -> None:
    """Count all boards and keep the figures."""
    now = clock.now()
    board = count_board(now)
    boards = {"board": board, "public": public_part(board), "map": {"cells": _count_cells(now)}}
    with transaction.atomic():
        for name, values in boards.items():
            keep(name, values)


def keep(name: str, values: Mapping[str, Any]) -> None:
    """Write one row of figures."""
    Figures.objects.update_or_create(name=name, defaults={"counted_at": clock.now(), "values": values})


# --- The commander's board ------------------------------------------------------------------------------


def count_board(now: datetime) -> Values:
    """Count the commander's figures."""
    groups = _open_groups(now)
    lately = Case.objects.filter(opened_at__gt=now - DAY, opened_at__lte=now)
    total = _rates(lately.aggregate(**_RATES))
    return {
        "open": _sum(groups),
        "late": _sum(groups, "late"),
        "triage": _sum(groups, where=lambda g: g["status"] in (Status.TRIAGE, Status.RETURNED)),
        "hold": _sum(groups, where=lambda g: g["status"] == Status.HOLD),
        "urgent": _sum(groups, where=lambda g: g["priority"] == Priority.URGENT),
        "opened_24h": total["opened_24h"],
        "ended_24h": Case.objects.filter(ended_at__gt=now - DAY, ended_at__lte=now).count(),
        "breached_24h": total["breached"],
        "accept_min": total["accept_min"],
        "resolve_min": total["resolve_min"],
        "returned_rate": _share(total["returned"], total["opened_24h"]),
        "reopened_rate": _share(total["reopened"], total["opened_24h"]),
        "by_hour": _by_hour(now),
        "by_agency": _by_agency(groups, {row["agency_id"]: _rates(row) for row in _by(lately, "agency_id")}),
        "by_service": _named(_fold(groups, "service_id"), Service),
        "by_district": _named(_fold(groups, "district_id"), District),
        "by_channel": _coded(_fold(groups, "channel")),
        "by_status": _coded(_fold(groups, "status")),
    }


def _open_groups(now: datetime) -> list[Row]:
    """Count the open Cases once, by everything together; each list is then a sum over it."""
    late = Count("id", filter=Q(due_at__lt=now))
    rows = Case.objects.filter(is_open=True).values(*DIMENSIONS).annotate(open=Count("id"), late=late)
    return list(rows.order_by())


def _sum(groups: Iterable[Row], name: str = "open", where: Callable[[Row], bool] = bool) -> int:
    return sum(group[name] for group in groups if where(group))


def _fold(groups: Iterable[Row], by: str) -> dict[Any, Counter[str]]:
    sums: dict[Any, Counter[str]] = defaultdict(Counter)
    for group in groups:
        sums[group[by]] += Counter(open=group["open"], late=group["late"])
    return sums


_RATES = {
    "opened_24h": Count("id"),
    "breached": Count("id", filter=Q(breached_at__isnull=False)),
    "returned": Count("id", filter=Q(returned_count__gt=0)),
    "reopened": Count("id", filter=Q(reopened_count__gt=0)),
    "accept_s": Avg(Seconds("accepted_at") - Seconds("opened_at")),
    "resolve_s": Avg(Seconds("resolved_at") - Seconds("opened_at")),
}


def _by(cases: Any, dimension: str) -> Iterable[Row]:
    rows: Iterable[Row] = cases.values(dimension).annotate(**_RATES).order_by()
    return rows


def _rates(row: Row) -> Row:
    minutes = {"accept_min": _minutes(row["accept_s"]), "resolve_min": _minutes(row["resolve_s"])}
    return {name: row[name] for name in ("opened_24h", "breached", "returned", "reopened")} | minutes


def _minutes(seconds: float | None) -> float | None:
    return None if seconds is None else round(float(seconds) / 60, 1)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _by_hour(now: datetime) -> list[Row]:
    first = now.replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    opened, ended = _hourly("opened_at", first, now), _hourly("ended_at", first, now)
    hours = [first + timedelta(hours=n) for n in range(HOURS)]
    return [
        {"hour": hour.isoformat(), "opened": opened[_number(hour)], "ended": ended[_number(hour)]}
        for hour in hours
    ]


def _hourly(field: str, first: datetime, now: datetime) -> Counter[int]:
    span = Case.objects.filter(**{f"{field}__gte": first, f"{field}__lte": now})
    rows = span.annotate(hour=Seconds(field) / HOUR_S).values("hour").annotate(n=Count("id")).order_by()
    return Counter({row["hour"]: row["n"] for row in rows})


def _number(hour: datetime) -> int:
    return int(hour.timestamp()) // HOUR_S


def _by_agency(groups: Iterable[Row], rates: Mapping[int | None, Row]) -> list[Row]:
    sums = _fold(groups, "agency_id")
    rows = _named({number: sums[number] for number in sums.keys() | rates.keys()}, Agency, key="id")
    nothing = _rates({**dict.fromkeys(_RATES, 0), "accept_s": None, "resolve_s": None})
    return [row | rates.get(row.pop("id"), nothing) for row in rows]


def _named(
    sums: Mapping[Any, Counter[str]], model: type[Agency] | type[Service] | type[District], key: str = ""
) -> list[Row]:
    """Give each sum the code and the names of its row; what has none is left out."""
    found = model.objects.only("code", "name_zh", "name_en").in_bulk([n for n in sums if n is not None])
    rows = [
        {"code": row.code, "zh": row.name_zh, "en": row.name_en, **_counts(sums[number])}
        | ({key: number} if key else {})
        for number, row in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["open"], row["code"]))


def _coded(sums: Mapping[str, Counter[str]]) -> list[Row]:
    rows = [{"code": code, **_counts(counter)} for code, counter in sums.items()]
    return sorted(rows, key=lambda row: (-row["open"], row["code"]))


def _counts(counter: Counter[str]) -> Row:
    return {"open": counter["open"], "late": counter["late"]}


# --- The public board -------------------------------------------------------------------------------------


def public_part(board: Values) -> Values:
    """Return what everybody may know: totals, and lists without small numbers."""
    totals = ("open", "opened_24h", "ended_24h", "accept_min", "resolve_min", "by_hour")
    lists = ("by_service", "by_district")
    return {name: board[name] for name in totals} | {name: without_small(board[name]) for name in lists}


def without_small(rows: list[Row]) -> list[Row]:
    """Take out numbers below five, and one more where a single gap could be worked out from the total."""
    hidden = {row["code"] for row in rows if 0 < row["open"] < SMALL}
    if len(hidden) == 1:
        shown = [row for row in rows if row["code"] not in hidden and row["open"]]
        hidden |= {row["code"] for row in shown[-1:]}
    keys = ("code", "zh", "en")
    return [
        {key: row[key] for key in keys} | {"open": None if row["code"] in hidden else row["open"]}
        for row in rows
    ]


# --- The map ----------------------------------------------------------------------------------------------


def _count_cells(now: datetime) -> list[Row]:
    """Count open Cases by cell and status, in cells large enough to draw the whole city with."""
    rows = Case.objects.filter(is_open=True).exclude(cell="").values("cell", "status")
    late = Count("id", filter=Q(due_at__lt=now))
    cells: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows.annotate(open=Count("id"), late=late).order_by():
        parent = str(h3.cell_to_parent(row["cell"], MAP_RESOLUTION))
        cells[parent] += Counter(
            {"open": row["open"], "late": row["late"], f"is {row['status']}": row["open"]}
        )
    return [_cell(cell, counter) for cell, counter in sorted(cells.items())]


def _cell(cell: str, counter: Counter[str]) -> Row:
    lat, lon = h3.cell_to_latlng(cell)
    by_status = {name[3:]: number for name, number in counter.items() if name.startswith("is ")}
    return {
        "cell": cell,
        "lon": round(lon, 5),
        "lat": round(lat, 5),
        **_counts(counter),
        "by_status": by_status,
    }
