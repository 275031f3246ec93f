"""What time it is in the city, in minutes after the midnight with which the first planned day begins."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY_MIN = 24 * 60
VARIABLE = "BIHUAN_CLOCK"


@dataclass(frozen=True)
class CityTime:
    """The city's clock: it showed ``start`` when ``since`` seconds stood on ``monotonic``.

    For the first ``dash_s`` seconds it runs ``dash`` times as fast as the machine's, then ``speed`` times.
    """

    start: datetime
    since: float
    speed: float
    monotonic: Callable[[], float] = time.monotonic
    dash: float = 1.0
    dash_s: float = 0.0

    def day(self) -> date:
        """Return the day on which the play begins, by the city's calendar."""
        return self.start.astimezone(ZONE).date()

    def minute(self) -> float:
        """Return the minutes since that day began."""
        midnight = datetime.combine(self.day(), datetime.min.time(), ZONE)
        gone_s = self.monotonic() - self.since
        dashed_s = min(gone_s, self.dash_s)
        city_s = dashed_s * self.dash + (gone_s - dashed_s) * self.speed
        return ((self.start - midnight).total_seconds() + city_s) / 60

    def dashed(self) -> float:
        """Return the minute from which the clock runs at its ordinary speed."""
        return replace(self, monotonic=lambda: self.since + self.dash_s).minute()


def read_clock(speed: float, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> CityTime:
    """Take the city's clock from the environment as its servers do; without one it is now, at ``speed``."""
    said = os.environ.get(VARIABLE, "")
    if not said:
        return CityTime(now(), time.monotonic(), speed)
    start, since, *numbers = said.split(",")
    told_speed, dash, dash_s = (*map(float, numbers), 1.0, 0.0)[:3]
    gone_s = (now() - datetime.fromisoformat(since)).total_seconds()
    began = time.monotonic() - gone_s
    return CityTime(datetime.fromisoformat(start), began, told_speed, dash=dash, dash_s=dash_s)
