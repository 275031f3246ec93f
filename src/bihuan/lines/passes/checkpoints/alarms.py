"""What two looks at one pass say together. Pure: places and times in, the kind of alarm out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bihuan.kernel.geo import distance_m
from bihuan.lines.passes.kinds import AlarmKind, Direction, Outcome
from bihuan.lines.passes.seal.reasons import Reason

FASTEST_M_S = 130 / 3.6
"""No lorry drives faster, and the road is never shorter than the straight line."""
CLOCKS = timedelta(minutes=2)
"""By so much two telephones' clocks may differ."""
NEAR_M = 1_000


@dataclass(frozen=True)
class Look:
    """One scan of a pass: where, when, which way, and what the guard did."""

    at: datetime
    position: tuple[float, float]
    site: int
    direction: str
    outcome: str
    reason: str = ""


def judge(before: Look | None, look: Look) -> AlarmKind | None:
    """Return what is wrong with a look, given the one before it; ``before`` is None for the first."""
    if look.reason == Reason.OTHER_PLATE:
        return AlarmKind.PLATE
    if before is None or before.site == look.site:
        return None
    if is_too_fast(before, look):
        return AlarmKind.TRAVEL
    both_in = before.direction == look.direction == Direction.IN
    return AlarmKind.CLONE if both_in and before.outcome == look.outcome == Outcome.LET else None


def is_too_fast(before: Look, look: Look) -> bool:
    """Say whether no vehicle can have been at both places; near ones are never too far apart."""
    far_m = distance_m(before.position, look.position)
    gone = abs(look.at - before.at) + CLOCKS
    return far_m > NEAR_M and far_m > FASTEST_M_S * gone.total_seconds()
