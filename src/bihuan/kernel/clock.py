"""The only clock. A drill makes it run faster; a test makes it stand still."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

VARIABLE = "BIHUAN_CLOCK"


def _real() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class FastClock:
    """A clock that showed ``start`` at the real instant ``since`` and runs ``speed`` times as fast.

    For the first ``dash_s`` real seconds it runs ``dash`` times as fast: a drill's night is soon over.
    Several processes given the same values show the same time.
    """

    start: datetime
    since: datetime
    speed: float
    dash: float = 1.0
    dash_s: float = 0.0

    def __call__(self) -> datetime:
        """Return what the clock shows now."""
        return self.at(_real())

    def at(self, real: datetime) -> datetime:
        """Return what the clock shows at a real instant, in UTC."""
        gone_s = (real - self.since).total_seconds()
        dashed_s = max(0.0, min(gone_s, self.dash_s))
        run = timedelta(seconds=dashed_s * self.dash + (gone_s - dashed_s) * self.speed)
        return self.start.astimezone(UTC) + run

    def __str__(self) -> str:
        return f"{self.start.isoformat()},{self.since.isoformat()},{self.speed},{self.dash},{self.dash_s}"

    @classmethod
    def parse(cls, text: str) -> "FastClock":
        """Read what ``str(clock)`` wrote; the dash may be left out.

        Raises
        ------
        ValueError
            when the text is not two ISO instants with an offset and one or three numbers, joined by commas.
        """
        start, since, *numbers = text.split(",")
        if len(numbers) not in (1, 3):
            raise ValueError(f"{text!r} is not start,since,speed or start,since,speed,dash,dash_s")
        return cls(datetime.fromisoformat(start), datetime.fromisoformat(since), *map(float, numbers))


def _from_environment() -> Callable[[], datetime]:
    text = os.environ.get(VARIABLE, "")
    return FastClock.parse(text) if text else _real


_clock: Callable[[], datetime] = _from_environment()


def now() -> datetime:
    """Return the present instant, in UTC, by the clock in force."""
    return _clock()


def ago(real_s: float) -> datetime:
    """Return what the clock in force showed ``real_s`` real seconds ago.

    For what machines do in real time whatever the drill's clock says: heartbeats, the sealing of Events.
    """
    back = timedelta(seconds=real_s)
    return _clock.at(_real() - back) if isinstance(_clock, FastClock) else _clock() - back


def lasting(real_s: float) -> timedelta:
    """Return how far the clock in force goes on in the next ``real_s`` real seconds."""
    if not isinstance(_clock, FastClock):
        return timedelta(seconds=real_s)
    real = _real()
    return _clock.at(real + timedelta(seconds=real_s)) - _clock.at(real)


def speed() -> float:
    """Return how many of its seconds the clock in force runs in one real second."""
    if not isinstance(_clock, FastClock):
        return 1.0
    is_dashing = _real() < _clock.since + timedelta(seconds=_clock.dash_s)
    return _clock.dash if is_dashing else _clock.speed


@contextmanager
def running(clock: Callable[[], datetime]) -> Iterator[None]:
    """Let another clock be in force inside the block (tests, drills)."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before


def real_s() -> float:
    """Return real seconds since 1970, whatever the clock in force shows: for limits on what machines may ask."""
    return _real().timestamp()
