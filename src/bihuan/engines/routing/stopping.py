"""When to stop: by seconds on a clock that the caller gives, or by work done, which is the same on every machine."""

import time
from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float, int], None]
"""Called now and then with the share of the work that is done, 0 to 1, and the cost of the best plan."""


def no_progress(share: float, cost: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A budget: seconds on ``clock``, or iterations, or whichever ends first.

    With iterations alone nothing depends on a clock, and one seed gives one plan.
    """

    seconds: float | None = None
    iterations: int | None = None
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        if self.seconds is None and self.iterations is None:
            raise ValueError("say when to stop: seconds, or iterations")


class Watch:
    """A budget that has begun to run."""

    def __init__(self, stop: Stop) -> None:
        self.stop = stop
        self.began_s = stop.clock() if stop.seconds is not None else 0.0
        self.done = 0

    def elapsed_s(self) -> float:
        """Return the seconds since it began, 0 where no clock is asked."""
        return self.stop.clock() - self.began_s if self.stop.seconds is not None else 0.0

    def share(self) -> float:
        """Return how much of the budget is used, 0 to 1."""
        shares = [0.0]
        if self.stop.seconds is not None:
            shares.append(self.elapsed_s() / max(self.stop.seconds, 1e-9))
        if self.stop.iterations is not None:
            shares.append(self.done / max(self.stop.iterations, 1))
        return min(1.0, max(shares))

    def is_over(self) -> bool:
        """Say whether the budget is used up."""
        return self.share() >= 1.0
