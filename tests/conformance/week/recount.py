"""Counts the figures of a city anew from its raw Events: plain SQL and plain Python, nothing of Bihuan.

It follows docs/rates.md and the heading of the boards' figures word by word, and shares no line with them, so that
a mistake would have to be made twice to stay hidden.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

Case = dict[str, Any]
Row = dict[str, Any]

CITY = ZoneInfo("Asia/Shanghai")
DAY = timedelta(hours=24)
HOURS = 48
INSTANTS = ("_at", "_by", "_since")
BLANK = {"is_open": True, "priority": "normal", "returned_count": 0, "reopened_count": 0, "agency_id": None}
"""What every Case begins with where its first Event says nothing else (docs/afteraction.md)."""


def replay(cursor: Any) -> dict[int, Case]:
    """Read all Events in their order; return the last known fields of each Case by its number."""
    cursor.execute("SELECT case_id, detail FROM audit_event WHERE case_id IS NOT NULL ORDER BY at, id")
    cases: dict[int, Case] = {}
    for number, detail in cursor.fetchall():
        told = json.loads(detail) if isinstance(detail, str) else detail
        if "set" in told:
            cases.setdefault(number, {"id": number, **BLANK}).update(told["set"])
    return {number: _timed(case) for number, case in cases.items()}


def _timed(case: Case) -> Case:
    return {
        name: datetime.fromisoformat(value) if value and name.endswith(INSTANTS) else value
        for name, value in case.items()
    }


def names(cursor: Any, table: str) -> dict[int, Row]:
    """Return code and names of agencies, services or districts, by number."""
    cursor.execute(f"SELECT id, code, name_zh, name_en FROM {table}")
    return {number: {"code": code, "zh": zh, "en": en} for number, code, zh, en in cursor.fetchall()}


def board(cases: dict[int, Case], now: datetime, cursor: Any) -> dict[str, Any]:
    """Count the commander's board."""
    standing = [case for case in cases.values() if case["is_open"]]
    lately = [case for case in cases.values() if now - DAY < case["opened_at"] <= now]
    rates = _rates(lately)
    agencies = names(cursor, "accounts_agency")
    return {
        "open": len(standing),
        "late": sum(_late(case, now) for case in standing),
        "triage": sum(case["status"] in ("triage", "returned") for case in standing),
        "hold": sum(case["status"] == "hold" for case in standing),
        "urgent": sum(case["priority"] == "urgent" for case in standing),
        "opened_24h": len(lately),
        "ended_24h": sum(_within(case.get("ended_at"), now) for case in cases.values()),
        "breached_24h": rates["breached"],
        "accept_min": rates["accept_min"],
        "resolve_min": rates["resolve_min"],
        "returned_rate": _share(rates["returned"], len(lately)),
        "reopened_rate": _share(rates["reopened"], len(lately)),
        "by_hour": _by_hour(cases.values(), now),
        "by_agency": _by_agency(standing, lately, agencies, now),
        "by_service": _named(_sums(standing, "service_id", now), names(cursor, "cases_service")),
        "by_district": _named(_sums(standing, "district_id", now), names(cursor, "places_district")),
        "by_channel": _coded(_sums(standing, "channel", now)),
        "by_status": _coded(_sums(standing, "status", now)),
    }


def _late(case: Case, now: datetime) -> bool:
    return case.get("due_at") is not None and case["due_at"] < now


def _within(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and now - DAY < instant <= now


def _rates(cases: Iterable[Case]) -> Row:
    cases = list(cases)
    return {
        "opened_24h": len(cases),
        "breached": sum(case.get("breached_at") is not None for case in cases),
        "returned": sum(bool(case.get("returned_count")) for case in cases),
        "reopened": sum(bool(case.get("reopened_count")) for case in cases),
        "accept_min": _mean_min(cases, "accepted_at"),
        "resolve_min": _mean_min(cases, "resolved_at"),
    }


def _mean_min(cases: Iterable[Case], name: str) -> float | None:
    spans = [
        floor(case[name].timestamp()) - floor(case["opened_at"].timestamp())
        for case in cases
        if case.get(name)
    ]
    return round(sum(spans) / len(spans) / 60, 1) if spans else None


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _by_hour(cases: Iterable[Case], now: datetime) -> list[Row]:
    first = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=HOURS - 1)
    rows = {first + timedelta(hours=n): {"opened": 0, "ended": 0} for n in range(HOURS)}
    for case in cases:
        for name, label in (("opened_at", "opened"), ("ended_at", "ended")):
            instant = case.get(name)
            if instant is not None and first <= instant <= now:
                rows[instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0)][label] += 1
    return [{"hour": hour.isoformat(), **row} for hour, row in rows.items()]


def _sums(cases: Iterable[Case], name: str, now: datetime) -> dict[Any, Counter[str]]:
    sums: dict[Any, Counter[str]] = {}
    for case in cases:
        counter = sums.setdefault(case.get(name), Counter())
        counter["open"] += 1
        counter["late"] += _late(case, now)
    return sums


def _by_agency(standing: list[Case], lately: list[Case], known: dict[int, Row], now: datetime) -> list[Row]:
    sums = _sums(standing, "agency_id", now)
    numbers = {
        number for number in (*sums, *(case.get("agency_id") for case in lately)) if number is not None
    }
    rows = []
    for number in numbers:
        counter = sums.get(number, Counter())
        rates = _rates(case for case in lately if case.get("agency_id") == number)
        rows.append(known[number] | {"open": counter["open"], "late": counter["late"]} | rates)
    return _ordered(rows)


def _named(sums: dict[Any, Counter[str]], known: dict[int, Row]) -> list[Row]:
    return _ordered(
        known[number] | {"open": counter["open"], "late": counter["late"]}
        for number, counter in sums.items()
        if number is not None
    )


def _coded(sums: dict[Any, Counter[str]]) -> list[Row]:
    return _ordered(
        {"code": code, "open": counter["open"], "late": counter["late"]} for code, counter in sums.items()
    )


def _ordered(rows: Iterable[Row]) -> list[Row]:
    by: Callable[[Row], Any] = lambda row: (-row["open"], row["code"])  # noqa: E731
    return sorted(rows, key=by)


# --- The rates, by docs/rates.md -------------------------------------------------------------------------

RULES: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("merged", lambda case: case["status"] == "merged"),
    ("withdrawn", lambda case: case["status"] == "withdrawn"),
    ("declined", lambda case: case["status"] == "declined"),
    ("self_raised", lambda case: bool(case.get("is_self_raised"))),
    ("unreachable", lambda case: case.get("unreachable_at") is not None),
)
PROMISES = {
    "dispatch": "dispatched_at",
    "accept": "accepted_at",
    "reply": "replied_at",
    "resolve": "resolved_at",
}


def of_week(cases: Iterable[Case], name: str) -> list[Case]:
    """Return the Cases of an ISO week, in the city's own time, of the instant at which they were asked."""
    return [case for case in cases if case["opened_at"].astimezone(CITY).strftime("%G-W%V") == name]


def rates(cases: Iterable[Case], at: datetime) -> tuple[Counter[str], Counter[str]]:
    """Count the measures of the Cases that count, and how many each rule leaves out."""
    counts: Counter[str] = Counter()
    left_out: Counter[str] = Counter()
    for case in cases:
        rule = next((name for name, fits in RULES if fits(case)), None)
        if rule:
            left_out[rule] += 1
        else:
            counts.update(_measured(case, at))
    return +counts, left_out


def _measured(case: Case, at: datetime) -> Iterable[str]:
    yield "cases"
    for promise, done_name in PROMISES.items():
        by, done = case.get(f"{promise}_by"), case.get(done_name)
        still = case["status"] in ("hold", "shelved")
        if by and (done or (by < at and not still)):
            yield f"{promise}_due"
        if by and done and done <= by:
            yield f"{promise}_kept"
    yield from (name for name, holds in _SAID.items() if holds(case))


_SAID: dict[str, Callable[[Case], bool]] = {
    "answered": lambda case: case.get("is_solved") is not None,
    "solved": lambda case: case.get("is_solved") is True,
    "rated": lambda case: bool(case.get("content")),
    "satisfied": lambda case: case.get("content") == "yes",
    "returned": lambda case: case["returned_count"] > 0,
    "resolved": lambda case: case.get("resolved_at") is not None or case["reopened_count"] > 0,
    "redone": lambda case: case["reopened_count"] > 0,
}
