"""Proving that the live tables say what the audit says, some hundred Cases at a time.

A Case that somebody moves between the two readings looks wrong for an instant: what differs is read again before it
is called a fault.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Max, Model

from bihuan.spine.audit.models import Event
from bihuan.spine.audit.verification import Fault, Sequel
from bihuan.spine.cases import changes
from bihuan.spine.cases.afteraction.folding import Columns, Folded, states
from bihuan.spine.cases.models import Assignment, Case, Pause, Task

CHUNK = 500
LOOKS = 3
SHOWN = 3
# How each table of a Case's rows names the Case.
TABLES: dict[type[Model], str] = {Task: "case_id", Assignment: "task__case_id", Pause: "case_id"}
Tables = dict[str, dict[int, Columns]]


def check_tables(seen: Callable[[int], None] = lambda _: None) -> Iterator[Fault]:
    """Yield a fault for every Case that the audit and the live tables tell differently of.

    Parameters
    ----------
    seen : told after each few hundred numbers how many there were.
    """
    for low in range(1, newest() + 1, CHUNK):
        high = low + CHUNK - 1
        differ = _differing(low, high)
        for case_id in sorted(differ):
            if what := _still(case_id, differ[case_id]):
                yield Fault("case", case_id, what)
        seen(CHUNK)


def newest() -> int:
    """Return the highest number of a Case, in the tables or in the audit."""
    live = Case.objects.aggregate(last=Max("pk"))["last"] or 0
    told = Event.objects.aggregate(last=Max("case_id"))["last"] or 0
    return max(live, told)


def _still(case_id: int, what: str) -> str:
    """Look again at a Case that differed; return what still differs."""
    for _ in range(LOOKS - 1):
        what = _differing(case_id, case_id).get(case_id, "")
        if not what:
            return ""
    return what


def _differing(low: int, high: int) -> dict[int, str]:
    live = _live(low, high)
    told = {folded.case_id: told_of(folded) for folded in states(low, high)}
    pairs = ((number, live.get(number), told.get(number)) for number in {*live, *told})
    return {number: _difference(one, other) for number, one, other in pairs if one != other}


def _difference(live: Tables | None, told: Tables | None) -> str:
    if live is None:
        return "is in the audit and not in the table"
    if told is None:
        return "was never opened in the audit"
    found = [
        f"{table} {number} {column}: the table has {_value(live, table, number, column)!r}, "
        f"the audit {_value(told, table, number, column)!r}"
        for table in sorted({*live, *told})
        for number in sorted({*live.get(table, {}), *told.get(table, {})})
        for column in sorted({*live.get(table, {}).get(number, {}), *told.get(table, {}).get(number, {})})
        if _value(live, table, number, column) != _value(told, table, number, column)
    ]
    return "; ".join(found[:SHOWN])


def _value(tables: Tables, table: str, number: int, column: str) -> Any:
    return tables.get(table, {}).get(number, {}).get(column, "no such row")


def told_of(folded: Folded) -> Tables:
    """Fill up what Events tell with what a row begins with, by table and number."""
    found = {"case": {folded.case_id: _whole(Case, folded.case)}}
    for model in TABLES:
        name = model._meta.model_name or ""
        for number, columns in folded.rows.get(name, {}).items():
            found.setdefault(name, {})[number] = _whole(model, columns)
    return found


def _whole(model: type[Model], told: Columns) -> Columns:
    return changes.plain(model, changes.defaults(model)) | told


def _live(low: int, high: int) -> dict[int, Tables]:
    """Read the tables as an Event would tell them: Case -> table -> number -> columns."""
    found: dict[int, Tables] = {}
    columns = list(changes.defaults(Case))
    for number, *values in Case.objects.filter(pk__range=(low, high)).values_list("pk", *columns):
        told = changes.plain(Case, dict(zip(columns, values, strict=True)))
        found[number] = {"case": {number: told}}
    for model, owner in TABLES.items():
        _add_rows(found, model, owner, low, high)
    return found


def _add_rows(found: dict[int, Tables], model: type[Model], owner: str, low: int, high: int) -> None:
    columns = list(changes.defaults(model))
    rows = model._default_manager.filter(**{f"{owner}__gte": low, f"{owner}__lte": high})
    for case_id, number, *values in rows.values_list(owner, "pk", *columns):
        told = changes.plain(model, dict(zip(columns, values, strict=True)))
        found[case_id].setdefault(model._meta.model_name or "", {})[number] = told


SEQUEL = Sequel(
    "The live tables equal the audit: every case, task, assignment and pause.", newest, check_tables
)
