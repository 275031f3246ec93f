"""Where one more stop would fit, exactly and with every rule: for mending, re-planning and explaining.

Each position is tried by driving the vehicle's whole day, so this is for single stops, not for the search.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .plan import Plan
from .problem import Problem, skip_price
from .timing import Rules, days_of, timed

Key = tuple[int, int]
Days = dict[Key, list[list[int]]]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A way to serve a unit: what it adds to the cost, the vehicle's trips with it, whose they are, in which trip."""

    cost: int
    key: Key
    trip: int
    trips: tuple[tuple[int, ...], ...]


def ways(
    rules: Rules,
    days: Days,
    unit: tuple[int, ...],
    trips: Iterable[tuple[Key, int]] | None = None,
    fresh: Iterable[Key] | None = None,
) -> Iterator[Place]:
    """Yield every allowed way to put a unit into the trips named, by default all, and into a fresh one.

    Fresh ones are those of the vehicles named in ``fresh``, by default of each that is used and one of each kind.
    """
    wanted = (
        set(trips) if trips is not None else {(key, k) for key, day in days.items() for k in range(len(day))}
    )
    for key, k in sorted(wanted):
        yield from _into(rules, days, key, k, unit)
    for key in {*days, *_unused(rules.problem, days)} if fresh is None else fresh:
        yield from _into(rules, days, key, len(days.get(key, [])), unit)


def _unused(problem: Problem, days: Days) -> Iterator[Key]:
    for number, vehicle in enumerate(problem.vehicles):
        taken = {unit for owner, unit in days if owner == number}
        free = next((unit for unit in range(min(vehicle.count, len(taken) + 1)) if unit not in taken), None)
        if free is not None:
            yield number, free


def _into(rules: Rules, days: Days, key: Key, k: int, unit: tuple[int, ...]) -> Iterator[Place]:
    day = days.get(key, [])
    before = cost_of_day(rules, key[0], day)
    if before is None:
        return
    trip = day[k] if k < len(day) else []
    for stops in _placed(trip, unit):
        new = [*day[:k], stops, *day[k + 1 :]]
        if (after := cost_of_day(rules, key[0], new)) is None:
            continue
        yield Place(after - before, key, k, tuple(tuple(one) for one in new))


def _placed(trip: list[int], unit: tuple[int, ...]) -> Iterator[list[int]]:
    for a in range(len(trip) + 1):
        if len(unit) == 1:
            yield [*trip[:a], unit[0], *trip[a:]]
        else:
            yield from ([*trip[:a], unit[0], *trip[a:b], unit[1], *trip[b:]] for b in range(a, len(trip) + 1))


def cost_of_day(rules: Rules, number: int, trips: list[list[int]]) -> int | None:
    """Return what the trips of one vehicle cost, or nothing where they break a rule."""
    vehicle = rules.problem.vehicles[number]
    walked = rules.day(number, trips)
    if len(trips) > vehicle.trips or any(one.wrong for one in walked):
        return None
    return sum(one.cost for one in walked) + (vehicle.cost_of_use if trips else 0)


def sound(problem: Problem, plan: Plan) -> Plan:
    """Return the plan as it is where every rule is kept and nobody is left out, else mended."""
    rules, vehicles = Rules(problem), problem.vehicles
    days = days_of(plan)
    is_kept = all(
        key[1] < vehicles[key[0]].count and not rules.why_not(key[0], day) for key, day in days.items()
    )
    return plan if is_kept and not plan.skipped(problem) else mend(problem, plan)


def mend(problem: Problem, plan: Plan) -> Plan:
    """Return the plan with every rule kept: what breaks one is taken out, and put in again where it fits best.

    What fits nowhere, or costs more than leaving it out, stays out.
    """
    rules = Rules(problem)
    days: Days = {}
    for key, trips in days_of(plan).items():
        if kept := _kept(rules, key, trips, {k for day in days.values() for trip in day for k in trip}):
            days[key] = kept
    fill(rules, days)
    return timed(problem, days)


def _kept(rules: Rules, key: Key, trips: list[list[int]], taken: set[int]) -> list[list[int]]:
    """Return a vehicle's trips without what breaks a rule."""
    day: list[list[int]] = []
    if key[1] >= rules.problem.vehicles[key[0]].count:
        return day
    for trip in trips:
        day.append([])
        together = rules.units(set(trip) - taken)
        for unit in sorted(together, key=lambda unit: trip.index(unit[0])):
            rest = {k for one in together for k in one}
            wanted = [k for k in trip if k in {*day[-1], *(unit if set(unit) <= rest else ())}]
            if not rules.why_not(key[0], [*day[:-1], wanted]):
                day[-1] = wanted
        if not day[-1]:
            day.pop()
    return day


def fill(rules: Rules, days: Days) -> None:
    """Put in what is left out, the dearest to leave out first, each where it costs least."""
    problem = rules.problem
    served = {k for day in days.values() for trip in day for k in trip}
    left = rules.units(k for k in range(len(problem.stops)) if k not in served)
    for unit in sorted(left, key=lambda unit: -sum(skip_price(problem.stops[k]) for k in unit)):
        best = min(ways(rules, days, unit), default=None)
        if best is not None and best.cost < sum(skip_price(problem.stops[k]) for k in unit):
            days[best.key] = [list(trip) for trip in best.trips]
