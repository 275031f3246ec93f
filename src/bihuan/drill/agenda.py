"""What is to be done next: by the city's clock, or again after a moment when the city was not ready."""

import heapq
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count

from bihuan.drill.client import CaseSeen
from bihuan.drill.day import Ask
from bihuan.drill.scripts import Deed

AGES_MIN = 1e6


@dataclass
class Course:
    """How far an ask has come. ``due_min`` is when its next step is planned."""

    ask: Ask
    due_min: float
    deeds: list[Deed]
    receipt: str = ""
    case: CaseSeen | None = None
    tries: int = 0
    refused: int = 0


@dataclass(order=True)
class _Entry:
    at: float
    order: int
    course: Course = field(compare=False)


class Agenda:
    """Courses by the minute in which each goes on; those put off come back by the real clock."""

    def __init__(
        self,
        asks: Iterable[tuple[float, Ask]],
        since_min: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """``since_min``: what was asked before this minute is handed in before any other step is done."""
        self.order = count()
        self.monotonic = monotonic
        self.planned: list[_Entry] = []
        self.put_off: list[_Entry] = []
        for at_min, ask in asks:
            first = at_min - AGES_MIN if at_min < since_min else at_min
            course = Course(ask, at_min, list(ask.deeds))
            heapq.heappush(self.planned, _Entry(first, next(self.order), course))

    def __len__(self) -> int:
        return len(self.planned) + len(self.put_off)

    def plan(self, course: Course) -> None:
        """Let a course go on at its ``due_min``."""
        heapq.heappush(self.planned, _Entry(course.due_min, next(self.order), course))

    def delay(self, course: Course, seconds: float) -> None:
        """Let a course try again after some real seconds."""
        heapq.heappush(self.put_off, _Entry(self.monotonic() + seconds, next(self.order), course))

    def take_due(self, minute: float) -> Course | None:
        """Take out what is due first, or nothing."""
        while self.put_off and self.put_off[0].at <= self.monotonic():
            self.plan(heapq.heappop(self.put_off).course)
        if self.planned and self.planned[0].at <= minute:
            return heapq.heappop(self.planned).course
        return None
