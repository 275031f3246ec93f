"""The tables of the line: passes, the desks' rules, trips."""

from bihuan.lines.passes.models.passes import Bulk, Pass, Remark
from bihuan.lines.passes.models.rules import Desk, Pace, QuotaDay, Serial
from bihuan.lines.passes.models.trips import Trip, TripStep

__all__ = ["Bulk", "Desk", "Pace", "Pass", "QuotaDay", "Remark", "Serial", "Trip", "TripStep"]
