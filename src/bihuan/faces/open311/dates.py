"""Instants as Open311 writes them, and as clients in the field really send them."""

import re
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from bihuan.faces.open311.answers import Wrong

YEARS = range(1900, 2200)  # at the edges of the calendar no span can be reckoned with
# A plus sign that was not encoded in an address arrives as a space.
_LOST_PLUS = re.compile(r"(?<=\d) (?=\d{2}:?\d{2}$)")


def show(at: datetime | None) -> str | None:
    """Write an instant in the city's own time, with its offset."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def read(text: str, name: str) -> datetime:
    """Read an instant; without an offset it is in UTC, as clients mean it that leave it out."""
    said = text.strip()
    if "T" in said:
        said = _LOST_PLUS.sub("+", said)
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        at = None
    if at is None or at.year not in YEARS:
        message = _("%(name)s is not a date and time like 2026-01-31T08:00:00Z.")
        raise Wrong(400, message % {"name": name})
    return at if at.tzinfo else at.replace(tzinfo=UTC)
