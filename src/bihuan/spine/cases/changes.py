"""Every change of a Case, and what its Event tells of it.

An Event that changes a Case carries ``detail["set"]``: the columns that were written and what stands in them
now. ``detail["rows"]`` tells the same of the tasks, assignments and pauses that changed with it, by table and
number. From these alone ``afteraction`` rebuilds every Case at any instant, so nothing may write a Case but
through here (or create one but with ``opened``). Left out are free words and exact positions: an Event outlives
what it tells of.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import models, transaction

from bihuan.kernel import clock
from bihuan.spine.audit.actions import draft, record
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Assignment, Case, Pause, Task
from bihuan.spine.cases.rights import Who

# Instants of writing, free words, exact positions: what an Event leaves out.
UNTOLD: dict[type[models.Model], frozenset[str]] = {
    Case: frozenset(
        {"id", "changed_at", "summary", "place", "lon", "lat", "owner_reason_zh", "owner_reason_en"}
    ),
    Task: frozenset({"id", "title"}),
    Assignment: frozenset({"id"}),
    Pause: frozenset({"id"}),
}
Rows = dict[str, dict[str, dict[str, Any]]]


def write(
    case: Case,
    verb: str,
    by: Who,
    *,
    detail: Mapping[str, Any] | None = None,
    only_if: Mapping[str, Any] | None = None,
    rows: Rows | None = None,
    **fields: Any,
) -> bool:
    """Change a Case if it still is as it was looked at, and leave the Event; return whether it was.

    Parameters
    ----------
    case : as it was looked at; it gets the new values.
    detail : ids and codes that belong to the Event.
    only_if : what must still hold of the row; when left out, its status and agency.
    rows : what ``changed`` and ``created`` returned of the Case's tasks, assignments and pauses.
    fields : the new values, each a value and no expression, for the Event tells them.
    """
    agency_before = case.agency_id
    expected = {"status": case.status, "agency": case.agency_id} if only_if is None else only_if
    with transaction.atomic():
        same = Case.objects.filter(pk=case.pk, **expected)
        if not same.update(**{"changed_at": clock.now(), **fields}):
            return False
        for name, value in fields.items():
            setattr(case, name, value)
        told = {**(detail or {}), "set": plain(Case, fields), **({"rows": rows} if rows else {})}
        record(**_about(case, agency_before), by=by, verb=verb, detail=_with_state(case, told))
    return True


def opened(case: Case, by: Who, detail: Mapping[str, Any] | None = None) -> Event:
    """Make the Event of a Case that has just been created, with all that it begins with."""
    return _event(case, "opened", by, {**(detail or {}), "set": beginning(case)})


def told(case: Case, verb: str, by: Who, detail: Mapping[str, Any] | None = None) -> Event:
    """Leave an Event about a Case that did not change."""
    return record(**_about(case, None), by=by, verb=verb, detail=_with_state(case, detail or {}))


def _event(case: Case, verb: str, by: Who, detail: Mapping[str, Any]) -> Event:
    return draft(**_about(case, None), by=by, verb=verb, detail=_with_state(case, detail))


def _about(case: Case, agency_before: int | None) -> dict[str, Any]:
    return {"subject": case, "case_id": case.pk, "agency_id": case.agency_id or agency_before}


def _with_state(case: Case, detail: Mapping[str, Any]) -> dict[str, Any]:
    # The service, so that a timeline of one service needs no look at anything else.
    return {"status": case.status, "service": case.service_id, **detail}


# --- Tasks, assignments, pauses ------------------------------------------------------------------------


def created(rows: Rows, row: models.Model) -> None:
    """Note a row that was just created for the Event of the Case."""
    _noted(rows, type(row), row.pk, beginning(row))


def changed(rows: Rows, found: models.QuerySet[Any], **fields: Any) -> int:
    """Change rows of a locked Case and note them for its Event; return how many."""
    numbers = list(found.values_list("pk", flat=True))
    if not numbers:
        return 0
    told = plain(found.model, fields)
    for number in numbers:
        _noted(rows, found.model, number, told)
    return found.filter(pk__in=numbers).update(**fields)


def _noted(rows: Rows, model: type[models.Model], number: int, told: dict[str, Any]) -> None:
    by_number = rows.setdefault(model._meta.model_name or "", {})
    by_number[str(number)] = by_number.get(str(number), {}) | told


# --- Values as an Event tells them -----------------------------------------------------------------------


def plain(model: type[models.Model], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the told ones of written fields by column: instants in UTC, rows as their numbers."""
    columns = _columns(model)
    return {columns[name]: _plain(value) for name, value in fields.items() if name in columns}


def beginning(row: models.Model) -> dict[str, Any]:
    """Return what a new row begins with, as far as it is not what every row begins with."""
    values = ((name, getattr(row, name), blank) for name, blank in defaults(type(row)).items())
    return {name: _plain(value) for name, value, blank in values if value != blank}


@cache
def defaults(model: type[models.Model]) -> dict[str, Any]:
    """Return the told columns of a model, and what stands in them when nothing is said."""
    return {
        field.attname: field.get_default()
        for field in model._meta.concrete_fields
        if field.name not in UNTOLD[model]
    }


@cache
def _columns(model: type[models.Model]) -> dict[str, str]:
    """Return the column of each name by which a told field may be written."""
    fields = [field for field in model._meta.concrete_fields if field.name not in UNTOLD[model]]
    return {name: field.attname for field in fields for name in (field.name, field.attname)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, models.Model):
        return value.pk
    return str(value) if isinstance(value, str) else value
