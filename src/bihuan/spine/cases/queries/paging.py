"""Pages of a list by cursor: a page goes on after the last row seen, whatever was put in before it meanwhile."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from bihuan.kernel.errors import Refused

M = TypeVar("M", bound=Model)
LONGEST_PAGE = 200


def page(rows: QuerySet[M], cursor: str, limit: int, *by: str) -> tuple[list[M], str | None]:
    """Return a page of rows ordered by columns that are never null, the last of them unique; and the next cursor.

    Parameters
    ----------
    by : names of columns, with ``-`` where the largest comes first.
    """
    last = _read(cursor, len(by)) if cursor else None
    try:
        rest = rows.filter(_after(by, last)) if last else rows
        found = list(rest.order_by(*by)[: limit + 1])
    except (ValidationError, TypeError, ValueError, OverflowError):
        raise _wrong() from None
    shown = found[:limit]
    return shown, _write(shown[-1], by) if len(found) > limit else None


def _after(by: tuple[str, ...], last: list[Any]) -> Q:
    """Say that a row comes after the last one: by the first column, or alike there and by those that follow."""
    name = by[0].lstrip("-")
    further = Q(**{f"{name}__{'lt' if by[0].startswith('-') else 'gt'}": last[0]})
    return further | Q(**{name: last[0]}) & _after(by[1:], last[1:]) if by[1:] else further


def _write(row: Model, by: tuple[str, ...]) -> str:
    values = [_value(row, name.lstrip("-")) for name in by]
    return urlsafe_b64encode(json.dumps(values, default=str).encode()).decode().rstrip("=")


def _value(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _read(cursor: str, count: int) -> list[Any]:
    try:
        values = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        raise _wrong() from None
    if not isinstance(values, list) or len(values) != count or not all(map(_is_plain, values)):
        raise _wrong()
    return values


def _is_plain(value: Any) -> bool:
    is_small = not isinstance(value, int) or abs(value) < 2**63
    return isinstance(value, str | int | float) and is_small and "\0" not in str(value)


def _wrong() -> Refused:
    return Refused(_("This cursor is none of ours."), code="cursor", field="cursor")
