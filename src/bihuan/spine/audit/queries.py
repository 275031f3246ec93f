"""Reading the sealed order, for the live stream."""

from typing import NamedTuple

from bihuan.spine.audit.models import Leaf


class LiveRecord(NamedTuple):
    """What the live stream tells of an Event."""

    position: int
    verb: str
    case_id: int | None
    agency_id: int | None


def after(position: int, limit: int = 1000) -> list[LiveRecord]:
    """Return the Events sealed after a position, in order: one range of the primary key."""
    rows = (
        Leaf.objects.filter(position__gt=position)
        .order_by("position")
        .values_list("position", "event__verb", "event__case_id", "event__agency_id")
    )
    return [LiveRecord(*row) for row in rows[:limit]]


def newest_position() -> int:
    """Return the highest sealed position, 0 when nothing is sealed."""
    return Leaf.objects.order_by("-position").values_list("position", flat=True).first() or 0
