"""When a vehicle is where, and whether it can be there: the planners' own arithmetic.

Small problems and single questions are answered here, in plain Python; the large search has its own arrays
(:mod:`bihuan.engines.routing.sisr`). The judge (:mod:`bihuan.engines.routing.check`) uses neither.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .legs import Legs
from .plan import Plan, Trip, by_unit
from .problem import FOREVER, UNREACHABLE, Pair, Problem, Stop, Vehicle, amount, dimensions, may_serve

WHY = {
    "kind": "no vehicle of a kind that may come",
    "capacity": "no vehicle has room for its load",
    "unreachable": "no way leads there and back",
    "window": "nobody can be there in its time windows",
    "shift": "no vehicle would be back before its shift ends",
}


@dataclass(frozen=True, slots=True)
class Walked:
    """A trip as driven: cost of driving, times of arrival and of beginning, end; or the rule that forbids it."""

    cost: int = 0
    arrive_s: tuple[int, ...] = ()
    begin_s: tuple[int, ...] = ()
    depart_s: int = 0
    end_s: int = 0
    wrong: str = ""


def begins(stop: Stop, clock_s: int) -> int:
    """Return when the work can begin for one who comes at ``clock_s``; ``FOREVER`` and later is never."""
    for opens, closes in stop.windows:
        if clock_s <= closes:
            return max(clock_s, opens)
    return 2 * FOREVER if stop.windows else clock_s


class Rules:
    """A problem, ready to be asked whether one trip of one vehicle is allowed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.legs = Legs(problem)
        self.width = dimensions(problem)
        self.pairs: dict[int, Pair] = {
            k: pair for pair in problem.pairs for k in (pair.pickup, pair.delivery)
        }

    def walk(
        self, vehicle: Vehicle, stops: Sequence[int], start: tuple[int, int], ready_s: int, number: int = -1
    ) -> Walked:
        """Drive one trip from a point, not before ``ready_s``. O(stops)."""
        problem, legs = self.problem, self.legs
        if wrong := self.loads(vehicle, stops):
            return Walked(wrong=wrong)
        depart = clock = max([ready_s, *(problem.stops[k].release_s for k in stops)])
        here, cost, arrive, begin = start, 0, [], []
        for k in stops:
            stop, there = problem.stops[k], legs.points[k]
            metres, driven, cleaning = legs.leg(here, there)
            clock += driven + cleaning
            cost += metres * vehicle.cost_per_m + driven * vehicle.cost_per_s
            cost += stop.move_price if number >= 0 and stop.home not in (None, number) else 0
            arrive.append(clock)
            begin.append(begins(stop, clock))
            if metres >= UNREACHABLE or driven >= UNREACHABLE or begin[-1] >= FOREVER:
                return Walked(
                    wrong="window" if metres < UNREACHABLE and driven < UNREACHABLE else "unreachable"
                )
            clock, here = begin[-1] + stop.service_s, there
        metres, driven, cleaning = legs.leg(here, (vehicle.end, legs.zone(vehicle.end_zone)))
        end = clock + driven + cleaning
        if metres >= UNREACHABLE or driven >= UNREACHABLE or end > vehicle.shift[1]:
            return Walked(wrong="shift" if metres < UNREACHABLE and driven < UNREACHABLE else "unreachable")
        cost += metres * vehicle.cost_per_m + driven * vehicle.cost_per_s
        return Walked(cost, tuple(arrive), tuple(begin), depart, end)

    def loads(self, vehicle: Vehicle, stops: Sequence[int]) -> str:
        """Return the rule about kinds, loads and pairs that these stops break, in words of ``WHY``."""
        if not all(may_serve(vehicle, self.problem.stops[k]) for k in stops):
            return "kind"
        for dimension, room in enumerate(vehicle.capacity):
            load = highest = sum(amount(self.problem.stops[k].demand, dimension) for k in stops)
            for k in stops:
                load += self.change(k, dimension)
                highest = max(highest, load)
            if highest > room:
                return "capacity"
        return ""

    def change(self, stop: int, dimension: int) -> int:
        """Return by how much the load on board changes at a stop."""
        pair = self.pairs.get(stop)
        if pair is None:
            return -amount(self.problem.stops[stop].demand, dimension)
        return amount(pair.amount, dimension) * (1 if stop == pair.pickup else -1)

    def day(self, number: int, trips: Iterable[Sequence[int]]) -> list[Walked]:
        """Drive all trips of one vehicle as early as possible."""
        vehicle = self.problem.vehicles[number]
        point, ready, walked = (vehicle.start, self.legs.zone(vehicle.start_zone)), vehicle.shift[0], []
        for stops in trips:
            walked.append(self.walk(vehicle, stops, point, ready, number))
            point, ready = (vehicle.end, -1), walked[-1].end_s + vehicle.reload_s
        return walked

    def why_not(self, number: int, trips: Sequence[Sequence[int]]) -> str:
        """Return the first rule that the trips of one vehicle break, or nothing."""
        if len(trips) > self.problem.vehicles[number].trips:
            return "trips"
        return next((walked.wrong for walked in self.day(number, trips) if walked.wrong), "")

    def together(self, stop: int) -> tuple[int, ...]:
        """Return what a stop must stay together with, itself included."""
        pair = self.pairs.get(stop)
        return (pair.pickup, pair.delivery) if pair else (stop,)

    def units(self, stops: Iterable[int]) -> list[tuple[int, ...]]:
        """Return stops as what must stay together: single ones, and pairs from pickup to delivery."""
        wanted = set(stops)
        found: list[tuple[int, ...]] = [(k,) for k in sorted(wanted) if k not in self.pairs]
        return found + [
            (p.pickup, p.delivery) for p in self.problem.pairs if {p.pickup, p.delivery} <= wanted
        ]


def timed(problem: Problem, days: dict[tuple[int, int], list[list[int]]]) -> Plan:
    """Return a plan of trips by vehicle and unit, each leaving as early as it can, with its cost by the judge."""
    from .check import cost_of

    rules, trips = Rules(problem), []
    for (number, unit), routes in sorted(days.items()):
        kept = [stops for stops in routes if stops]
        for stops, walked in zip(kept, rules.day(number, kept), strict=True):
            trips.append(
                Trip(vehicle=number, unit=unit, stops=tuple(int(k) for k in stops), depart_s=walked.depart_s)
            )
    plan = Plan(trips=tuple(trips))
    return Plan(trips=plan.trips, cost=cost_of(problem, plan))


def days_of(plan: Plan) -> dict[tuple[int, int], list[list[int]]]:
    """Return the stops of each vehicle's trips."""
    return {key: [list(trip.stops) for trip in trips] for key, trips in by_unit(plan.trips).items()}
