"""Plans again while vehicles are under way: what is past stays, what changes is priced, and every change is told.

A vehicle on its way carries what it was loaded with, and can hand over no more than that before it is back; it begins
where its last stop was, when it is free there. Its later trips begin when the plan in force has it back. Loads are
taken to be alike: a parcel for one household can be given to another.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from .explain import why_unserved
from .inserting import Days, Key, ways
from .plan import Plan
from .problem import Problem, Stop, Vehicle, amount, dimensions
from .solve import Impossible, solve
from .stopping import Stop as Budget
from .timing import Rules, Walked, days_of, timed

NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class News:
    """What has happened: the time, what is cancelled, what is new, which vehicles (number, unit) are out of service.

    ``move_price`` is the cost of a stop's vehicle being another than was told.
    """

    now_s: int
    cancelled: frozenset[int] = frozenset()
    added: tuple[Stop, ...] = ()
    broken: frozenset[Key] = frozenset()
    move_price: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One stop that is not where it was: what happened to it, from whom to whom, and why."""

    stop: str
    what: str
    before: str
    after: str
    why: str


@dataclass(slots=True)
class Replanned:
    """The rest of the day as a problem and a plan, who was served already, and every change."""

    problem: Problem
    plan: Plan
    past: tuple[int, ...]
    changes: list[Change]


@dataclass(slots=True)
class _Rest:
    """The rest of the day while it is put together: vehicles, trips still to drive by vehicle, past stops."""

    vehicles: list[Vehicle] = field(default_factory=list)
    trips: dict[int, list[list[int]]] = field(default_factory=dict)
    past: set[int] = field(default_factory=set)

    def add(self, vehicle: Vehicle, trips: list[list[int]]) -> None:
        self.trips[len(self.vehicles)] = trips
        self.vehicles.append(vehicle)


def replan(
    problem: Problem, plan: Plan, news: News, budget: Budget, seed: int = 0, threads: int = 1
) -> Replanned:
    """Return the best plan found for the rest of the day.

    Raises
    ------
    Impossible
        When the problem has pairs, some of which may be on board, or when the rest of it is wrong.
    """
    if problem.pairs:
        raise Impossible("pairs that may be on board can't be planned again yet")
    rest = _rest(problem, plan, news)
    left = [k for k in range(len(problem.stops)) if k not in rest.past and k not in news.cancelled]
    home = {stop: number for number, trips in rest.trips.items() for trip in trips for stop in trip}
    stops = [
        msgspec.structs.replace(problem.stops[k], home=home.get(k), move_price=news.move_price) for k in left
    ]
    again = msgspec.structs.replace(problem, stops=(*stops, *news.added), vehicles=tuple(rest.vehicles))
    number_of = {stop: k for k, stop in enumerate(left)}
    days: Days = {}
    for number, trips in rest.trips.items():
        kept = [[number_of[stop] for stop in trip if stop in number_of] for trip in trips]
        if any(kept):
            days[number, 0] = [trip for trip in kept if trip]
    found = solve(again, budget, seed, threads, start=timed(again, days))
    told = [*_cancelled(problem, news, rest), *_changes(again, found, set(number_of.values()))]
    return Replanned(again, found, tuple(sorted(rest.past)), told)


def _rest(problem: Problem, plan: Plan, news: News) -> _Rest:
    rules, rest = Rules(problem), _Rest()
    used: dict[int, int] = {}
    for key, trips in sorted(days_of(plan).items()):
        used[key[0]] = used.get(key[0], 0) + 1
        walked = rules.day(key[0], trips)
        begun = sum(1 for one in walked if one.depart_s <= news.now_s and not one.wrong)
        for trip, one in zip(trips[:begun], walked, strict=False):
            rest.past |= {k for k, begin in zip(trip, one.begin_s, strict=True) if begin <= news.now_s}
        if key not in news.broken:
            _under_way(problem, rest, key, trips, walked, begun, news.now_s)
    for number, vehicle in enumerate(problem.vehicles):
        free = max(0, vehicle.count - used.get(number, 0))
        others = msgspec.structs.replace(vehicle, name=f"{vehicle.name} others", count=free)
        rest.add(msgspec.structs.replace(others, shift=_from(vehicle, news.now_s)), [])
    return rest


def _from(vehicle: Vehicle, clock_s: int) -> tuple[int, int]:
    """Return what is left of a shift."""
    return min(max(vehicle.shift[0], clock_s), vehicle.shift[1]), vehicle.shift[1]


def _under_way(
    problem: Problem,
    rest: _Rest,
    key: Key,
    trips: list[list[int]],
    walked: list[Walked],
    begun: int,
    now_s: int,
) -> None:
    """Add what one vehicle still does: the rest of the trip it is on, and its trips after that."""
    vehicle = problem.vehicles[key[0]]
    name = f"{vehicle.name} {key[1] + 1}"
    back_s = walked[begun - 1].end_s if begun else 0
    is_out = begun > 0 and back_s > now_s
    goes_on = begun < vehicle.trips
    if is_out:
        out = _on_the_way(problem, vehicle, trips[begun - 1], walked[begun - 1], begun, now_s)
        until = min(back_s, vehicle.shift[1]) if goes_on else vehicle.shift[1]
        shift = (min(out.shift[0], until), until)
        rest.add(
            msgspec.structs.replace(out, name=name, shift=shift),
            [[k for k in trips[begun - 1] if k not in rest.past]],
        )
    if goes_on:
        begins_s = max(now_s, back_s + vehicle.reload_s if begun else 0)
        later = msgspec.structs.replace(
            vehicle, name=f"{name} later" if is_out else name, count=1, trips=vehicle.trips - begun,
            start=vehicle.end if begun else vehicle.start, shift=_from(vehicle, begins_s),
            cost_of_use=0 if begun else vehicle.cost_of_use,
        )  # fmt: skip
        rest.add(later, trips[begun:])


def _on_the_way(
    problem: Problem, vehicle: Vehicle, trip: list[int], walked: Walked, begun: int, now_s: int
) -> Vehicle:
    """Return a vehicle as it stands: where its last stop was, free when that is done, with what it carries."""
    past = [k for k, begin in enumerate(walked.begin_s) if begin <= now_s]
    ahead = [problem.stops[stop] for k, stop in enumerate(trip) if k not in past]
    place, zone, free_s = (vehicle.end if begun > 1 else vehicle.start), "", max(now_s, walked.depart_s)
    if past:
        last = problem.stops[trip[past[-1]]]
        sealed = {zone.name for zone in problem.sealed}
        place, zone = last.place, last.zone if last.zone in sealed else ""
        free_s = max(now_s, walked.begin_s[past[-1]] + last.service_s)
    aboard = tuple(sum(amount(stop.demand, d) for stop in ahead) for d in range(dimensions(problem)))
    return msgspec.structs.replace(
        vehicle, count=1, trips=1, start=place, start_zone=zone, capacity=aboard if vehicle.capacity else (),
        shift=(free_s, vehicle.shift[1]), cost_of_use=0, reload_s=0,
    )  # fmt: skip


def _cancelled(problem: Problem, news: News, rest: _Rest) -> Iterator[Change]:
    for stop in sorted(news.cancelled - rest.past):
        yield Change(problem.stops[stop].name, "cancelled", "", "", "it was cancelled")


def _changes(problem: Problem, plan: Plan, known: set[int]) -> Iterator[Change]:
    rules, days = Rules(problem), days_of(plan)
    by = {stop: key for key, trips in days.items() for trip in trips for stop in trip}
    for number, stop in enumerate(problem.stops):
        before = problem.vehicles[stop.home].name if stop.home is not None else NOBODY
        after = problem.vehicles[by[number][0]].name if number in by else NOBODY
        if number not in known:
            why = "it is new" if number in by else f"it is new; {why_unserved(rules, days, number)}"
            yield Change(stop.name, "new", "", after, why)
        elif number not in by and stop.home is not None:
            yield Change(stop.name, "left out", before, NOBODY, why_unserved(rules, days, number))
        elif number in by and stop.home is None:
            yield Change(stop.name, "taken in", NOBODY, after, "there is room for it now")
        elif number in by and stop.home != by[number][0]:
            yield Change(stop.name, "moved", before, after, _why_moved(rules, days, number, by[number]))


def _why_moved(rules: Rules, days: Days, stop: int, key: Key) -> str:
    """Return what it would cost more to leave a stop with its vehicle, or that it can't stay there."""
    home = rules.problem.stops[stop].home
    assert home is not None
    without = [[k for k in trip if k != stop] for trip in days[key]]
    rest = {**days, key: [trip for trip in without if trip]}
    rest = {one: trips for one, trips in rest.items() if trips}
    trips = [((home, 0), k) for k in range(len(rest.get((home, 0), [])))]
    best = min((way for way in ways(rules, rest, (stop,), trips) if way.key[0] == home), default=None)
    if best is None:
        return "its vehicle can't come any more"
    here = [(key, k) for k in range(len(rest.get(key, [])))]
    now = min(way.cost for way in ways(rules, rest, (stop,), here) if way.key == key)
    return f"to stay would cost {max(0, best.cost - now):,} more"
