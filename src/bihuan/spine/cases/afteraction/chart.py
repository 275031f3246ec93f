"""The hours of a period as bars, for page and paper alike: places and heights between 0 and 1."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from bihuan.spine.cases.afteraction.picture import SERIES, Picture

MOST_BARS = 96
STEPS_H = (1, 2, 3, 4, 6, 12, 24, 48, 168, 720)
LABELS: dict[str, Promise] = {
    "opened": _("Cases opened"),
    "late": _("Promises missed"),
    "ended": _("Cases ended"),
    "decisions": _("Decisions of command"),
}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Bar:
    """One span of hours of one series; ``left``, ``width`` and ``height`` are shares of the whole."""

    from_at: datetime
    count: int
    left: float
    width: float
    height: float

    @property
    def top(self) -> float:
        """Where it begins when counted from above."""
        return 1 - self.height

    @property
    def wide(self) -> float:
        """Its width with a little room to the next."""
        return self.width * 0.85


@dataclass(frozen=True)
class Strip:
    """One series over all hours, with its own scale."""

    series: str
    label: Promise
    total: int
    most: int
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """The strips of a period, and how many hours each bar stands for."""

    strips: list[Strip]
    step_h: int
    from_at: datetime | None
    until_at: datetime | None
    table: list[tuple[datetime, list[int]]]


def chart(picture: Picture) -> Chart:
    """Draw a picture's hours; where they are many, several share a bar."""
    spans = picture.spans
    step = next((step for step in STEPS_H if len(spans) <= step * MOST_BARS), STEPS_H[-1])
    table = _together(spans, step)
    strips = [_strip(number, series, picture, table) for number, series in enumerate(SERIES)]
    first, last = (table[0][0], table[-1][0] + step * HOUR) if table else (None, None)
    return Chart(strips, step, first, last, table)


def _together(spans: list[tuple[datetime, list[int]]], step_h: int) -> list[tuple[datetime, list[int]]]:
    """Add up so many hours each, counted from the city's midnight."""
    sums: dict[datetime, list[int]] = {}
    origin = localtime(spans[0][0]).replace(hour=0) if spans else None
    for at, counts in spans:
        hours = (localtime(at) - origin) // HOUR if origin else 0
        start = localtime(at) - (hours % step_h) * HOUR
        kept = sums.get(start, [0] * len(SERIES))
        sums[start] = [one + other for one, other in zip(kept, counts, strict=True)]
    return sorted(sums.items())


def _strip(number: int, series: str, picture: Picture, table: list[tuple[datetime, list[int]]]) -> Strip:
    most = max((counts[number] for _, counts in table), default=0)
    width = 1 / max(1, len(table))
    bars = [
        Bar(at, counts[number], place * width, width, counts[number] / most)
        for place, (at, counts) in enumerate(table)
        if counts[number]
    ]
    return Strip(series, LABELS[series], picture.totals.get(series, 0), most, bars)
