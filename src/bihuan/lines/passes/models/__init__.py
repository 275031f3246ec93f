"""The tables of the line: passes, the desks' rules, trips, and what happens at checkpoints."""

from bihuan.lines.passes.models.checkpoints import Alarm, Device, Halt, HaltEdition, Scan
from bihuan.lines.passes.models.passes import Bulk, Pass, Remark
from bihuan.lines.passes.models.rules import Desk, Pace, QuotaDay, Serial
from bihuan.lines.passes.models.trips import Trip, TripStep

__all__ = [
    "Alarm", "Bulk", "Desk", "Device", "Halt", "HaltEdition", "Pace", "Pass", "QuotaDay", "Remark", "Scan", "Serial",
    "Trip", "TripStep",
]  # fmt: skip
