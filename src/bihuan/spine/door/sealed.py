"""The log that the live stream tells of: Events in their sealed order, which is the order of commits."""

from collections.abc import Sequence

from django.db.models import Max

from bihuan.spine.audit.models import Leaf
from bihuan.spine.door.live import Record
from bihuan.spine.door.threads import drop_dead_connection


class SealedLog:
    """Reads leaves by position; each call is one range of the primary key."""

    def head(self) -> int:
        """Return the last position, 0 when there is none."""
        drop_dead_connection()
        return int(Leaf.objects.aggregate(last=Max("position"))["last"] or 0)

    def after(self, position: int, limit: int) -> Sequence[Record]:
        """Return the records that follow a position, in order, at most ``limit``."""
        drop_dead_connection()
        leaves = Leaf.objects.filter(position__gt=position).order_by("position")
        fields = ("position", "event__verb", "event__case_id", "event__agency_id")
        return [Record(*values) for values in leaves.values_list(*fields)[:limit]]
