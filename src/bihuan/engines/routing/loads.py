"""How loads are counted for the rest of a day, when some are handed over from the depot and some picked up on the way.

A vehicle under way can hand over no more of what was loaded at the depot than it has aboard, yet may still pick up
into all its room. One number can't say both. So each dimension in which pairs weigh gets a second one, in which only
goods from the depot count: the first has the vehicle's room, the second what is aboard.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from .inserting import sound
from .plan import Plan
from .problem import Pair, Problem, amount, dimensions
from .timing import days_of, timed

Load = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Loads:
    """The dimensions of the rest of a day: ``width`` of the day as it was, then one for each of ``more``.

    ``goods`` says of each of the last ones, those of an earlier planning included, whose goods it counts.
    """

    width: int
    goods: Load
    more: Load

    def demand(self, demand: Load) -> Load:
        """Return the demand of a stop of the day."""
        if not any(demand):
            return demand
        return (*_wide(demand, self.width), *(amount(demand, d) for d in self.more)) if self.more else demand

    def fresh(self, demand: Load) -> Load:
        """Return the demand of a new stop, which knows nothing of further dimensions."""
        if not any(demand) or not self.goods:
            return demand
        base = self.width + len(self.more) - len(self.goods)
        return (*_wide(demand, base), *(amount(demand, d) for d in self.goods))

    def room(self, capacity: Load) -> Load:
        """Return the room of a vehicle at its depot, where the further dimensions forbid nothing."""
        return (*capacity, *(capacity[d] for d in self.more)) if capacity else ()

    def under_way(self, capacity: Load, goods: Load, stays: Load) -> Load:
        """Return the room of a vehicle under way that has ``goods`` to hand over and what ``stays`` on board."""
        if not capacity:
            return ()
        first = [
            max(0, capacity[d] - amount(stays, d)) if d in self.goods else goods[d] for d in range(self.width)
        ]
        return (*first, *(goods[d] for d in self.more))


def loads_of(problem: Problem, pairs: Iterable[Pair]) -> Loads:
    """Return how loads are counted when these pairs are on board or still to be picked up."""
    width = dimensions(problem)
    paired = {d for pair in pairs for d in range(width) if amount(pair.amount, d)}
    more = tuple(sorted(paired - set(problem.goods)))
    return Loads(width, (*problem.goods, *more), more)


def base(problem: Problem) -> int:
    """Return how many dimensions loads have, those not counted that an earlier planning added."""
    return dimensions(problem) - len(problem.goods)


def total(loads: Iterable[Load], width: int) -> Load:
    """Return the sum of loads, by dimension."""
    found = list(loads)
    return tuple(sum(amount(load, d) for load in found) for d in range(width))


def _wide(load: Load, width: int) -> Load:
    return tuple(amount(load, d) for d in range(width))


def with_what_stays(problem: Problem, plan: Plan, aboard: dict[int, Load]) -> tuple[Problem, Plan]:
    """Return problem and plan with the room taken by what a vehicle has aboard and hands over to nobody.

    Room is counted by what a trip hands over, so goods whose stop went to another vehicle, or was left out, would
    seem to be gone. ``aboard`` gives what each vehicle under way has to hand over. What has no room then is mended.
    """
    room = {number: problem.vehicles[number].capacity for number in aboard}
    while True:
        vehicles = list(problem.vehicles)
        for number, load in aboard.items():
            stays = _stays(problem, plan, number, load)
            kept = _less(room[number], vehicles[number].capacity, stays, problem.goods)
            vehicles[number] = msgspec.structs.replace(vehicles[number], capacity=kept)
        if tuple(vehicles) == problem.vehicles:
            return problem, plan
        problem = msgspec.structs.replace(problem, vehicles=tuple(vehicles))
        plan = sound(problem, timed(problem, days_of(plan)))


def _stays(problem: Problem, plan: Plan, number: int, load: Load) -> Load:
    handed = [problem.stops[k].demand for trip in plan.trips if trip.vehicle == number for k in trip.stops]
    return tuple(max(0, have - out) for have, out in zip(load, total(handed, len(load)), strict=True))


def _less(room: Load, now: Load, stays: Load, dimensions: Sequence[int]) -> Load:
    """Return the room that is left, never more than now: so the search for it ends."""
    return tuple(
        min(now[d], max(0, room[d] - amount(stays, d))) if d in dimensions else now[d]
        for d in range(len(now))
    )
