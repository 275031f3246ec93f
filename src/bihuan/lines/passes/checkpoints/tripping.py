"""A look at a gate is a step of the trip: in by the gate, out again. What does not fit stays a scan."""

from collections.abc import Iterable

from django.db import transaction

from bihuan.kernel.errors import Refused
from bihuan.lines.passes.kinds import Direction, Outcome
from bihuan.lines.passes.models import Scan, Trip
from bihuan.lines.passes.states import UNDER_WAY, Step, TripStatus
from bihuan.lines.passes.trips import take_step
from bihuan.spine.audit.actions import SYSTEM

STEPS = {
    Direction.IN.value: (Step.GATE, (TripStatus.NOTICED,)),
    Direction.OUT.value: (Step.OUT, UNDER_WAY),
}


def step_trips(scans: Iterable[Scan]) -> int:
    """Take the trips on that these scans belong to, in the order in which the vehicles were seen; return how many."""
    let = [scan for scan in scans if scan.number and scan.outcome == Outcome.LET]
    return sum(_step(scan) for scan in sorted(let, key=lambda scan: scan.at))


def _step(scan: Scan) -> bool:
    step, statuses = STEPS[scan.direction]
    trip = Trip.objects.filter(about__number=scan.number, status__in=statuses).select_related("about").first()
    if trip is None:
        return False
    try:
        with transaction.atomic():
            take_step(trip=trip, step=step, by=SYSTEM, site=scan.site, device=scan.device.name, at=scan.at)
    except Refused:
        return (
            False  # a scan is evidence of what happened, and is kept whether or not the trip's rules like it
        )
    return True
