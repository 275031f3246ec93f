"""Bars drawn on the server: they need no script, print well, and a table says the same in figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from bihuan.spine.accounts.named import in_language

WIDTH, HEIGHT, FOOT = 720, 160, 18
LABEL_EVERY_H = 6
LABEL_WIDTH = 32


@dataclass(frozen=True)
class Hour:
    """One hour of the chart: two bars, in units of the drawing."""

    at: datetime
    opened: int
    ended: int
    x: float
    width: float
    opened_height: float
    ended_height: float

    @property
    def is_labelled(self) -> bool:
        return localtime(self.at).hour % LABEL_EVERY_H == 0 and self.x < WIDTH - LABEL_WIDTH

    @property
    def opened_y(self) -> float:
        return HEIGHT - self.opened_height

    @property
    def ended_x(self) -> float:
        return self.x + self.width

    @property
    def ended_y(self) -> float:
        return HEIGHT - self.ended_height

    @property
    def label_y(self) -> int:
        return HEIGHT + FOOT - 4


@dataclass(frozen=True)
class Line:
    """One row of a list: a name, a number unless it is too small to be told, and its share of the largest."""

    name: str
    number: int | None
    percent: int


def hours_of(rows: Sequence[Mapping[str, Any]]) -> list[Hour]:
    """Lay out the hours; the highest bar takes the whole height."""
    most = max((max(row["opened"], row["ended"]) for row in rows), default=0) or 1
    slot = WIDTH / (len(rows) or 1)
    return [_hour(row, place * slot, slot * 0.4, HEIGHT / most) for place, row in enumerate(rows)]


def _hour(row: Mapping[str, Any], x: float, width: float, scale: float) -> Hour:
    opened, ended = row["opened"], row["ended"]
    heights = (round(opened * scale, 1), round(ended * scale, 1))
    return Hour(datetime.fromisoformat(row["hour"]), opened, ended, round(x, 1), round(width, 1), *heights)


def lines_of(rows: Sequence[Mapping[str, Any]]) -> list[Line]:
    """Give each row its name in the reader's language and its share; rows with nothing open are left out."""
    most = max((row["open"] or 0 for row in rows), default=0) or 1
    return [
        Line(in_language(row["zh"], row["en"]), row["open"], round(100 * (row["open"] or 0) / most))
        for row in rows
        if row["open"] != 0
    ]
