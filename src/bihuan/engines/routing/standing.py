"""Where everything stands at a moment of the day: what is past, who is on the way, what is on board."""

from dataclasses import dataclass

from .inserting import Key
from .plan import Plan
from .problem import Problem
from .timing import Rules, Walked, days_of


@dataclass(frozen=True, slots=True)
class Sofar:
    """One vehicle's day: its trips as planned and as driven, how many have begun, and the stops that are past."""

    key: Key
    trips: list[list[int]]
    walked: list[Walked]
    begun: int
    past: tuple[int, ...]

    @property
    def back_s(self) -> int:
        """When the last trip that has begun is back, in seconds; 0 where none has."""
        return self.walked[self.begun - 1].end_s if self.begun else 0


@dataclass(frozen=True, slots=True)
class Standing:
    """A moment of the day: each vehicle's day so far, all stops that are past, and who has a delivery on board.

    ``aboard`` gives, for the delivery of each pair that is picked up and not handed over, the vehicle and unit.
    """

    now_s: int
    days: list[Sofar]
    past: frozenset[int]
    aboard: dict[int, Key]


def stand(problem: Problem, plan: Plan, now_s: int) -> Standing:
    """Return where a plan stands at ``now_s`` seconds, when all goes as it says. O(stops)."""
    rules = Rules(problem)
    days = [_sofar(rules, key, trips, now_s) for key, trips in sorted(days_of(plan).items())]
    whose = {stop: day.key for day in days for stop in day.past}
    aboard = {
        pair.delivery: whose[pair.pickup]
        for pair in problem.pairs
        if pair.pickup in whose and pair.delivery not in whose
    }
    return Standing(now_s, days, frozenset(whose), aboard)


def _sofar(rules: Rules, key: Key, trips: list[list[int]], now_s: int) -> Sofar:
    walked = rules.day(key[0], trips)
    begun = sum(1 for one in walked if one.depart_s <= now_s and not one.wrong)
    past = [
        stop
        for trip, one in zip(trips[:begun], walked, strict=False)
        for stop, begin in zip(trip, one.begin_s, strict=True)
        if begin <= now_s
    ]
    return Sofar(key, trips, walked, begun, tuple(past))


def withdrawn(problem: Problem, standing: Standing, cancelled: frozenset[int]) -> dict[int, str]:
    """Return the stops that go, and why: what is cancelled, and the other end of a pair that has not begun."""
    found = dict.fromkeys(sorted(cancelled - standing.past), "it was cancelled")
    for pair in problem.pairs:
        ends = {pair.pickup, pair.delivery}
        if pair.delivery in standing.aboard:
            if pair.delivery in found:
                found[pair.delivery] = "it was cancelled; its load stays on board"
        elif ends & cancelled and not ends & standing.past:
            for end in sorted(ends):
                found.setdefault(end, "the other end of its pair was cancelled")
    return found
