"""What a plan made again changes for each stop, and why: for whoever was told something else before."""

from collections.abc import Iterator
from dataclasses import dataclass

from .explain import why_unserved
from .inserting import Days, Key, cost_of_day, ways
from .news import NOBODY, Change
from .plan import Plan
from .problem import Problem
from .timing import Rules, days_of

BROKEN = "its vehicle is out of service"
STUCK = "it is on board a vehicle that is out of service"


@dataclass(frozen=True, slots=True)
class Told:
    """What was told before, by the numbers of the rest of the day.

    Attributes
    ----------
    by
        Name of the vehicle that was to come.
    broken, stuck
        Stops whose vehicle is out of service, and those of them whose load is on board of it.
    known
        So many stops, the first ones, are not new.
    """

    by: dict[int, str]
    broken: frozenset[int]
    stuck: frozenset[int]
    known: int


def changes(problem: Problem, plan: Plan, told: Told) -> Iterator[Change]:
    """Yield every stop that is not where it was, with the reason."""
    rules, days = Rules(problem), days_of(plan)
    now = {stop: key for key, trips in days.items() for trip in trips for stop in trip}
    # Both ends of a pair move for one reason, which takes long to find.
    why: dict[tuple[int, ...], str] = {}
    for number in range(len(problem.stops)):
        if number in now:
            yield from _served(rules, days, told, number, now[number], why)
        else:
            yield from _left_out(rules, days, told, number)


def _left_out(rules: Rules, days: Days, told: Told, number: int) -> Iterator[Change]:
    stop, before = rules.problem.stops[number], told.by.get(number, NOBODY)
    if number in told.stuck:
        yield Change(stop.name, "left out", before, NOBODY, STUCK)
    elif number >= told.known:
        yield Change(stop.name, "new", "", NOBODY, f"it is new; {why_unserved(rules, days, number)}")
    elif before != NOBODY or stop.skip_price is None:
        first = f"{BROKEN}; " if number in told.broken else ""
        yield Change(stop.name, "left out", before, NOBODY, first + why_unserved(rules, days, number))


def _served(
    rules: Rules, days: Days, told: Told, number: int, key: Key, why: dict[tuple[int, ...], str]
) -> Iterator[Change]:
    stop, before = rules.problem.stops[number], told.by.get(number, NOBODY)
    after = rules.problem.vehicles[key[0]].name
    if number >= told.known:
        yield Change(stop.name, "new", "", after, "it is new")
    elif before == NOBODY:
        yield Change(stop.name, "taken in", NOBODY, after, "there is room for it now")
    elif number in told.broken:
        yield Change(stop.name, "moved", before, after, BROKEN)
    elif stop.home != key[0]:
        unit = rules.together(number)
        if unit not in why:
            why[unit] = _why_moved(rules, days, number, key)
        yield Change(stop.name, "moved", before, after, why[unit])


def _why_moved(rules: Rules, days: Days, stop: int, key: Key) -> str:
    """Return what it would cost more to leave a stop with its vehicle, or that it can't stay there."""
    home, unit = rules.problem.stops[stop].home, rules.together(stop)
    assert home is not None
    without = [[k for k in trip if k not in unit] for trip in days[key]]
    rest = {**days, key: [trip for trip in without if trip]}
    rest = {one: trips for one, trips in rest.items() if trips}
    own = {(home, 0): rest[home, 0]} if (home, 0) in rest else {}
    trips = [((home, 0), k) for k in range(len(own.get((home, 0), [])))]
    there = min((way.cost for way in ways(rules, own, unit, trips, [(home, 0)])), default=None)
    if there is None:
        return "its vehicle can't come any more"
    now, before = (cost_of_day(rules, key[0], one.get(key, [])) for one in (days, rest))
    if now is None or before is None:
        return "who comes now would break a rule without it"
    return f"to stay would cost {max(0, there - (now - before)):,} more"
