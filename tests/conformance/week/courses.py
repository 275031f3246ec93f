"""What a week is made of: asks of seven days, and what people do about each, by the minute."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

from bihuan.drill.city import City
from bihuan.drill.day import Ask, plan_day
from bihuan.drill.scripts import Deed
from bihuan.drill.wording import SHARES

DAYS = 7
DAY_MIN = 24 * 60
WALKED = 20
"""Of so many asks one is played with every step of the team's way; the others go from accepted to resolved."""
SPOKEN = 3
"""Of so many asks one hears a word from the officer before the work is done."""
ON_THE_WAY = frozenset({"dispatch", "arrive", "finish"})


@dataclass(order=True)
class Due:
    """The next deed of a course, in the order of time; ``tie`` keeps that order when two fall together."""

    at_min: float
    tie: int
    course: "Course" = field(compare=False)


@dataclass
class Course:
    """One ask on its way: what is still to be done; its receipt, its Case and who has it, once there are such."""

    ask: Ask
    deeds: list[Deed]
    receipt: str = ""
    case: int = 0
    agency: str = ""


def plan_week(city: City, seed: int, first: date, asks: int) -> list[tuple[float, Course]]:
    """Plan about ``asks`` asks over seven days: minutes after the first midnight, and the course."""
    power = max(1, asks // DAYS - sum(SHARES.values()))
    courses = []
    for number in range(DAYS):
        for place, ask in enumerate(plan_day(city, seed + number, first + timedelta(days=number), power)):
            deeds = list(ask.deeds) if place % WALKED == 0 else list(_without_the_way(ask))
            if place % SPOKEN == 1:
                deeds = list(_with_a_word(deeds))
            courses.append((ask.at_min + number * DAY_MIN, Course(ask, deeds)))
    return _thinned(sorted(courses, key=lambda one: one[0]), asks)


def _thinned(courses: list[tuple[float, Course]], asks: int) -> list[tuple[float, Course]]:
    """Keep every so-manieth ask; what was to be merged into one that is left out is not merged."""
    kept = courses[:: max(1, len(courses) // asks)]
    keys = {course.ask.key for _, course in kept}
    for _, course in kept:
        course.deeds = [deed for deed in course.deeds if deed.verb != "merge" or deed.target in keys]
    return kept


def _without_the_way(ask: Ask) -> Iterator[Deed]:
    """Leave the team's steps out, but keep the time they take."""
    waited = 0.0
    for deed in ask.deeds:
        waited += deed.wait_min
        if deed.verb not in ON_THE_WAY:
            yield replace(deed, wait_min=waited)
            waited = 0.0


def _with_a_word(deeds: list[Deed]) -> Iterator[Deed]:
    for deed in deeds:
        yield deed
        if deed.verb == "accept":
            yield Deed(5, "officer", "reply", "已在路上。")


class Agenda:
    """The deeds to come, the next one first."""

    def __init__(self) -> None:
        self._heap: list[Due] = []
        self._ties = count()

    def plan(self, course: Course, now_min: float) -> None:
        """Put a course's next deed on the agenda, if it has one."""
        if course.deeds:
            at_min = now_min + course.deeds[0].wait_min
            heapq.heappush(self._heap, Due(at_min, next(self._ties), course))

    def take(self, until_min: float) -> list[Course]:
        """Take off what is due by a minute."""
        taken = []
        while self._heap and self._heap[0].at_min <= until_min:
            taken.append(heapq.heappop(self._heap).course)
        return taken
