"""The judge: lists every rule that a plan breaks and counts its cost anew.

It shares nothing with the planners but the problem: it walks each vehicle through its day, stop by stop, and applies
the rules as they are written. Planners are judged by it and by nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from .legs import Legs
from .plan import Plan, Trip, by_unit
from .problem import FOREVER, UNREACHABLE, Pair, Problem, Stop, Vehicle, amount, may_serve


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is broken: which one, in words, and where."""

    rule: str
    says: str
    vehicle: int | None = None
    stop: int | None = None

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


@dataclass(slots=True)
class _Day:
    """One vehicle on its way: where it is, in which sealed zone it became dirty, the time, what it has cost."""

    legs: Legs
    vehicle: Vehicle
    number: int
    place: int
    clock_s: int
    dirty: int = -1
    cost: int = 0
    pairs: dict[int, Pair] = field(default_factory=dict)
    found: list[Violation] = field(default_factory=list)

    def fault(self, rule: str, says: str, stop: int | None = None) -> None:
        self.found.append(Violation(rule, f"vehicle {self.vehicle.name!r} {says}", self.number, stop))

    def steps(self, problem: Problem, stop: int, dimension: int) -> int:
        """Return by how much the load changes at a stop."""
        pair = self.pairs.get(stop)
        if pair is None:
            return -amount(problem.stops[stop].demand, dimension)
        return amount(pair.amount, dimension) * (1 if stop == pair.pickup else -1)

    def drive(self, place: int, zone: int) -> None:
        """Go there; whoever leaves a sealed zone goes by its place of decontamination, or not at all."""
        if self.dirty not in (-1, zone):
            sealed = self.legs.zones[self.dirty]
            if sealed.decontaminate_at is None:
                self.fault("sealed zone", f"leaves {sealed.name!r}, from which there is no way out")
            else:
                self._go(sealed.decontaminate_at)
                self.clock_s += sealed.decontaminate_s
        self._go(place)
        self.dirty = zone

    def _go(self, place: int) -> None:
        metres, seconds = self.legs.between(self.place, place)
        if metres >= UNREACHABLE or seconds >= UNREACHABLE:
            self.fault("unreachable", f"finds no way from place {self.place} to {place}")
        self.cost += metres * self.vehicle.cost_per_m + seconds * self.vehicle.cost_per_s
        self.clock_s += seconds
        self.place = place


def check(problem: Problem, plan: Plan) -> list[Violation]:
    """Return everything that is wrong with a plan; an empty list means that it can be driven.

    A stated cost that differs from the true one is a violation too. O(stops).
    """
    cost, found = _judge(problem, plan)
    if plan.cost != cost:
        found.append(Violation("cost", f"the plan says {plan.cost} and costs {cost}"))
    return found


def cost_of(problem: Problem, plan: Plan) -> int:
    """Return what a plan costs: driving, use of vehicles, stops left out and stops that changed their vehicle."""
    return _judge(problem, plan)[0]


def _judge(problem: Problem, plan: Plan) -> tuple[int, list[Violation]]:
    legs = Legs(problem)
    found = [*_shape(problem, plan), *_who_is_served(problem, plan), *_paired(problem, plan)]
    if any(violation.rule == "number" for violation in found):
        return 0, found
    cost = _prices(problem, plan)
    pairs = {stop: pair for pair in problem.pairs for stop in (pair.pickup, pair.delivery)}
    for (number, _), trips in by_unit(plan.trips).items():
        day = _drive(problem, legs, pairs, number, trips)
        cost += day.cost
        found += day.found
    return cost, found


def _shape(problem: Problem, plan: Plan) -> Iterator[Violation]:
    for trip in plan.trips:
        if not 0 <= trip.vehicle < len(problem.vehicles) or any(
            not 0 <= stop < len(problem.stops) for stop in trip.stops
        ):
            yield Violation("number", f"a trip names a vehicle or a stop that is not there: {trip}")
            continue
        vehicle = problem.vehicles[trip.vehicle]
        if not 0 <= trip.unit < vehicle.count:
            yield Violation("fleet", f"there are {vehicle.count} of {vehicle.name!r}", trip.vehicle)


def _who_is_served(problem: Problem, plan: Plan) -> Iterator[Violation]:
    times = Counter(stop for trip in plan.trips for stop in trip.stops)
    for number, stop in enumerate(problem.stops):
        if times[number] > 1:
            yield Violation("once", f"stop {stop.name!r} is served {times[number]} times", None, number)
        if not times[number] and stop.skip_price is None:
            yield Violation("unserved", f"nobody comes to stop {stop.name!r}", None, number)


def _paired(problem: Problem, plan: Plan) -> Iterator[Violation]:
    where = {stop: (t, k) for t, trip in enumerate(plan.trips) for k, stop in enumerate(trip.stops)}
    for pair in problem.pairs:
        a, b = where.get(pair.pickup), where.get(pair.delivery)
        if a != b and (a is None or b is None or a[0] != b[0] or a[1] > b[1]):
            name = problem.stops[pair.pickup].name
            yield Violation(
                "pair",
                f"what is picked up at {name!r} is not handed over later in that trip",
                None,
                pair.pickup,
            )


def _prices(problem: Problem, plan: Plan) -> int:
    left_out = [problem.stops[number] for number in plan.skipped(problem)]
    cost = sum((stop.skip_price or 0) << stop.priority for stop in left_out)
    for trip in plan.trips:
        there = [problem.stops[number] for number in trip.stops]
        cost += sum(stop.move_price for stop in there if stop.home not in (None, trip.vehicle))
    return cost


def _drive(problem: Problem, legs: Legs, pairs: dict[int, Pair], number: int, trips: Sequence[Trip]) -> _Day:
    vehicle = problem.vehicles[number]
    day = _Day(legs, vehicle, number, vehicle.start, vehicle.shift[0], cost=vehicle.cost_of_use, pairs=pairs)
    day.dirty = legs.zone(vehicle.start_zone)
    if len(trips) > vehicle.trips:
        day.fault("trips", f"makes {len(trips)} trips of {vehicle.trips}")
    for k, trip in enumerate(trips):
        _loads(problem, day, trip)
        _trip(problem, day, trip, day.clock_s + (vehicle.reload_s if k else 0))
    if day.clock_s > vehicle.shift[1]:
        day.fault("shift", f"is back at {day.clock_s} s and should be by {vehicle.shift[1]} s")
    return day


def _trip(problem: Problem, day: _Day, trip: Trip, ready_s: int) -> None:
    stops = [problem.stops[number] for number in trip.stops]
    ready_s = max([ready_s, *(stop.release_s for stop in stops)])
    if trip.depart_s < ready_s:
        day.fault("departure", f"leaves at {trip.depart_s} s and is ready at {ready_s} s")
    if not stops:
        day.fault("empty", "makes a trip to nobody")
    day.clock_s = trip.depart_s
    for number, stop in zip(trip.stops, stops, strict=True):
        day.drive(stop.place, day.legs.zone(stop.zone))
        _serve(day, number, stop)
    day.drive(day.vehicle.end, day.legs.zone(day.vehicle.end_zone))
    day.dirty = -1


def _serve(day: _Day, number: int, stop: Stop) -> None:
    if not may_serve(day.vehicle, stop):
        day.fault("kind", f"may not come to stop {stop.name!r}", number)
    windows = stop.windows or ((0, FOREVER),)
    begins = [max(day.clock_s, opens) for opens, closes in windows if closes >= day.clock_s]
    if not begins:
        day.fault("window", f"comes to stop {stop.name!r} at {day.clock_s} s, too late", number)
    day.clock_s = (begins[0] if begins else day.clock_s) + stop.service_s


def _loads(problem: Problem, day: _Day, trip: Trip) -> None:
    for dimension, room in enumerate(day.vehicle.capacity):
        start = sum(amount(problem.stops[k].demand, dimension) for k in trip.stops)
        highest = _highest(start, (day.steps(problem, k, dimension) for k in trip.stops))
        if highest > room:
            day.fault("capacity", f"carries {highest} of {room} in dimension {dimension}")


def _highest(load: int, steps: Iterable[int]) -> int:
    highest = load
    for step in steps:
        load += step
        highest = max(highest, load)
    return highest
