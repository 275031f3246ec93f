"""What a request for features may say: a box, a time, how many, from where on. Anything else is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _
from ninja.errors import HttpError

from bihuan.kernel.geo import is_position

LIMIT, MOST = 100, 1000
KNOWN = frozenset({"bbox", "datetime", "limit", "cursor", "f"})
FORMS = ("", "json")
LARGEST = 2**63 - 1
YEARS = range(1900, 2200)
OPEN = ("", "..")
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Asked:
    """A request for features. ``cursor`` is the number after which the page begins; times may be left open."""

    box: Box | None = None
    start: datetime | None = None
    end: datetime | None = None
    limit: int = LIMIT
    cursor: int = 0


def read(said: Mapping[str, str], also: Iterable[str] = ()) -> Asked:
    """Read a query; 400 for what is unknown or can't be read, as the standard wants it."""
    if unknown := sorted(set(said) - KNOWN - set(also)):
        raise HttpError(400, _("There is no parameter %(name)s.") % {"name": unknown[0][:40]})
    if said.get("f", "") not in FORMS:
        raise HttpError(400, _("There is only f=json."))
    start, end = _times(said.get("datetime", ""))
    limit = min(_number(said, "limit", LIMIT), MOST)
    if limit < 1:
        raise _unreadable("limit")
    return Asked(_box(said.get("bbox", "")), start, end, limit, _number(said, "cursor", 0))


def _unreadable(name: str) -> HttpError:
    return HttpError(400, _("%(name)s can't be read.") % {"name": name})


def _number(said: Mapping[str, str], name: str, default: int) -> int:
    text = said.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST):
        raise _unreadable(name)
    return int(text)


def _box(text: str) -> Box | None:
    """Read four numbers, or six with heights, which are passed over."""
    if not text:
        return None
    try:
        numbers = [float(word) for word in text.split(",")]
    except ValueError:
        raise _unreadable("bbox") from None
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4:
        raise _unreadable("bbox")
    west, south, east, north = numbers
    if not (is_position(west, south) and is_position(east, north) and south <= north):
        raise _unreadable("bbox")
    return west, south, east, north


def _times(text: str) -> tuple[datetime | None, datetime | None]:
    if not text:
        return None, None
    first, slash, last = text.partition("/")
    start, end = _instant(first), _instant(last) if slash else _instant(first)
    if slash and len(last) == len("2026-01-31") and end:
        end += timedelta(days=1)
    if (start and end and start > end) or (not slash and start is None):
        raise _unreadable("datetime")
    return start, end


def _instant(text: str) -> datetime | None:
    if text in OPEN:
        return None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise _unreadable("datetime") from None
    if at.year not in YEARS:
        raise _unreadable("datetime")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def holds(box: Box, lon: float, lat: float) -> bool:
    """Say whether a box holds a position; one whose west lies east of its east spans the date line."""
    west, south, east, north = box
    is_between = west <= lon <= east if west <= east else (lon >= west or lon <= east)
    return is_between and south <= lat <= north
