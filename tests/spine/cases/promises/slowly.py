"""The clocks of a Case counted the slow, obvious way: minute by minute over what happened, by hand.

Nothing here is taken from the code that it judges. A history is a list of (minute, verb); a day is looked at with a
plain function that says whether a minute counts.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Counts = Callable[[int], bool]
PROMISES = ("dispatch", "accept", "reply", "resolve")
FURTHEST = 400 * 24 * 60


@dataclass
class Clock:
    """One promise: it begins, it is done, it may begin again; what it has used so far is never thrown away."""

    begins: int | None = None
    done: int | None = None


@dataclass
class Life:
    """What has become of a Case after a history."""

    clocks: dict[str, Clock] = field(default_factory=dict)
    stood: list[tuple[int, int]] = field(default_factory=list)
    asked_at: int | None = None
    resolved_at: int | None = None
    is_ended: bool = False

    @property
    def stands(self) -> bool:
        return self.asked_at is not None or self.resolved_at is not None or self.is_ended


def live(history: Iterable[tuple[int, str]]) -> Life:
    """Follow a history; the ask comes in at minute 0 and lies with triage until it is assigned."""
    life = Life({name: Clock() for name in PROMISES})
    for name in ("dispatch", "reply", "resolve"):
        life.clocks[name].begins = 0
    for minute, verb in history:
        _follow(life, minute, verb)
    return life


def _follow(life: Life, minute: int, verb: str) -> None:
    dispatch, accept, reply, resolve = (life.clocks[name] for name in PROMISES)
    if verb in ("assign", "transfer"):
        if dispatch.done is None:
            dispatch.done = minute
        accept.begins, accept.done = minute, None
    if verb == "accept":
        accept.done = minute
    if verb == "return_to_triage":
        dispatch.begins, dispatch.done = minute, None
        accept.begins, accept.done = None, None
    if verb in ("hold", "resolve", "decline") and reply.done is None:
        reply.done = minute
    if verb == "resolve":
        resolve.done = minute
    if verb == "reopen":
        resolve.done = None
    _stand(life, minute, verb)


def _stand(life: Life, minute: int, verb: str) -> None:
    if verb in ("answer", "resume", "transfer") and life.asked_at is not None:
        life.stood.append((life.asked_at, minute))
        life.asked_at = None
    if verb == "hold":
        life.asked_at = minute
    if verb == "resolve":
        life.resolved_at = minute
    if verb == "reopen":
        assert life.resolved_at is not None
        life.stood.append((life.resolved_at, minute))
        life.resolved_at, life.is_ended = None, False
    if verb == "confirm":
        life.is_ended = True


def due(life: Life, name: str, minutes: float, counts: Counts) -> float | None:
    """Return the minute at which a promise falls due: walk until as many minutes as promised have counted."""
    begins = life.clocks[name].begins
    if begins is None:
        return None
    # Halves, so that half a minute can be reached too.
    minute, left = begins, round(minutes * 2)
    while left > 0:
        assert minute < FURTHEST
        if counts(minute) and not any(start <= minute < until for start, until in life.stood):
            if left == 1:
                return minute + 0.5
            left -= 2
        minute += 1
    return minute
