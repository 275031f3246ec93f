"""Writes what was counted for thousands of Cases, each with its Event, in the fewest statements each database has."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from bihuan.kernel import clock
from bihuan.spine.audit.actions import SYSTEM, draft, record_many
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case
from bihuan.spine.cases.promises.columns import CODES, COUNTED, READ, Row

WRITTEN = ("level_id", *COUNTED, "changed_at")
OF_EACH = {name: place for place, name in enumerate(READ)}
SETS = ", ".join(f"{name} = %s" for name in WRITTEN)
ONE_BY_ONE = "UPDATE cases_case SET " + SETS + " WHERE id = %s"  # noqa: S608
ARRAYS = ", ".join(["%s::bigint[]", "%s::bigint[]", *["%s::timestamptz[]"] * (len(WRITTEN) - 1)])
AT_ONCE = (
    "UPDATE cases_case SET " + ", ".join(f"{name} = v.{name}" for name in WRITTEN)  # noqa: S608
    + " FROM unnest(" + ARRAYS + ") AS v(id, " + ", ".join(WRITTEN) + ") WHERE cases_case.id = v.id"
)  # fmt: skip

Change = tuple[Row, Mapping[str, Any]]


def unmoved(seen: Mapping[int, Row]) -> set[int]:
    """Lock Cases and return those that still are as they were read."""
    if not seen:
        return set()
    numbers = sorted(seen)
    # By range, so that no statement has thousands of numbers in it.
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__gte=numbers[0], pk__lte=numbers[-1])
    found = locked.order_by("pk").values_list("pk", "changed_at")
    place = CODES.index("changed_at")
    return {number for number, changed_at in found if number in seen and seen[number][place] == changed_at}


def store(written: Sequence[Change], verb: str, detail: Mapping[str, Any]) -> None:
    """Write the Cases and their Events."""
    now = clock.now()
    rows = [(row[0], *(fields[name] for name in WRITTEN[:-1]), now) for row, fields in written]
    if rows:
        (_at_once if connection.vendor == "postgresql" else _one_by_one)(rows)
    record_many(_event(row, fields, verb, detail) for row, fields in written)


def _at_once(rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(AT_ONCE, [list(column) for column in zip(*rows, strict=True)])


def _one_by_one(rows: Iterable[Row]) -> None:
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.executemany(
            ONE_BY_ONE,
            [(row[1], *(adapt(one) if one else None for one in row[2:]), row[0]) for row in rows],
        )


def _event(row: Row, fields: Mapping[str, Any], verb: str, detail: Mapping[str, Any]) -> Event:
    """Tell what has changed, as ``changes`` would."""
    told = {name: _plain(value) for name, value in fields.items() if value != row[OF_EACH[name]]}
    about = {"status": row[OF_EACH["status"]], "service": row[OF_EACH["service_id"]], **detail, "set": told}
    return draft(
        by=SYSTEM, verb=verb, subject=("case", row[0]), case_id=row[0], agency_id=row[OF_EACH["agency_id"]],
        detail=about,
    )  # fmt: skip


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
