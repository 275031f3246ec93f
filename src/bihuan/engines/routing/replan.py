"""Plans again while vehicles are under way: what is past stays, what changes is priced, and every change is told.

A vehicle on its way carries what it was loaded with, and can hand over no more than that before it is back; it begins
where its last stop was, when it is free there. Its later trips begin when the plan in force has it back. Loads are
taken to be alike: a parcel for one household can be given to another. What was picked up on the way is not: it is on
board until the vehicle that has it hands it over.
"""

from collections.abc import Iterator

import msgspec

from .changes import Told, changes
from .fleet import Fleet, also_kinds, fleet_of
from .inserting import Days
from .loads import Loads, base, loads_of, with_what_stays
from .news import Change, News, Replanned
from .plan import Plan
from .problem import Pair, Problem, Stop, skip_price
from .solve import Impossible, solve
from .standing import Standing, stand, withdrawn
from .stopping import Progress, no_progress
from .stopping import Stop as Budget
from .timing import Rules, days_of, timed
from .validate import problems


def replan(
    problem: Problem,
    plan: Plan,
    news: News,
    budget: Budget,
    seed: int = 0,
    threads: int = 1,
    progress: Progress = no_progress,
) -> Replanned:
    """Return the best plan found for the rest of the day.

    Raises
    ------
    Impossible
        When the problem, the news or the rest of the day is wrong; the message says what.
    """
    if wrong := [*problems(problem), *_wrong(problem, news)]:
        raise Impossible("; ".join(wrong))
    standing = stand(problem, plan, news.now_s)
    gone = withdrawn(problem, standing, news.cancelled)
    left = [k for k in range(len(problem.stops)) if k not in standing.past and k not in gone]
    loads = loads_of(problem, [*_not_done(problem, standing), *news.added_pairs])
    fleet = fleet_of(problem, standing, news.broken, gone, loads)
    again = _rest(problem, news, standing, fleet, loads, left)
    number_of = {stop: number for number, stop in enumerate(left)}
    found = _solved(again, _days(fleet, number_of), budget, seed, threads, progress)
    if again.pairs:
        again, found = with_what_stays(again, found, fleet.aboard)
    told = _told(standing, news, fleet, number_of)
    past = tuple(sorted(standing.past))
    return Replanned(
        again, found, past, [*_cancelled(problem, news, standing, gone), *changes(again, found, told)]
    )


def _wrong(problem: Problem, news: News) -> Iterator[str]:
    """Yield what is wrong with the news itself."""
    width, count = base(problem), len(news.added)
    for pair in news.added_pairs:
        if not (0 <= pair.pickup < count and 0 <= pair.delivery < count):
            yield f"a new pair names a new stop that is not there: {pair.pickup}, {pair.delivery}"
    longest = max([len(load) for load in _new_loads(news)], default=0)
    if longest > width:
        yield f"new loads have {longest} dimensions, those of the day {width}"
    if not news.cancelled <= set(range(len(problem.stops))):
        yield "what is cancelled is no stop of the day"


def _new_loads(news: News) -> Iterator[tuple[int, ...]]:
    yield from (stop.demand for stop in news.added)
    yield from (pair.amount for pair in news.added_pairs)


def _not_done(problem: Problem, standing: Standing) -> list[Pair]:
    """Return the pairs that are on board or not begun."""
    return [pair for pair in problem.pairs if pair.delivery not in standing.past]


def _rest(
    problem: Problem, news: News, standing: Standing, fleet: Fleet, loads: Loads, left: list[int]
) -> Problem:
    """Return the rest of the day as a problem: the stops ``left``, in this order, then what is new."""
    home = {stop: number for number, trips in fleet.trips.items() for trip in trips for stop in trip}
    stops = [_still(problem, fleet, loads, problem.stops[k], home.get(k), news.move_price) for k in left]
    number_of = {stop: number for number, stop in enumerate(left)}
    for pair in problem.pairs:
        if pair.delivery in standing.aboard and pair.delivery in number_of:
            at = number_of[pair.delivery]
            kind = fleet.own[standing.aboard[pair.delivery]]
            stops[at] = _on_board(stops[at], problem.stops[pair.pickup], pair, kind)
    fresh = [
        msgspec.structs.replace(
            stop, home=None, kinds=also_kinds(problem, fleet, stop), demand=loads.fresh(stop.demand)
        )
        for stop in news.added
    ]
    return msgspec.structs.replace(
        problem, stops=(*stops, *fresh), vehicles=tuple(fleet.vehicles), goods=loads.goods,
        pairs=(*_renumbered(problem, number_of), *_behind(news.added_pairs, len(left))),
    )  # fmt: skip


def _still(
    problem: Problem, fleet: Fleet, loads: Loads, stop: Stop, home: int | None, move_price: int
) -> Stop:
    kinds, demand = also_kinds(problem, fleet, stop), loads.demand(stop.demand)
    return msgspec.structs.replace(stop, home=home, move_price=move_price, kinds=kinds, demand=demand)


def _on_board(stop: Stop, pickup: Stop, pair: Pair, kind: str) -> Stop:
    """Return the delivery of what is on board: a stop of one vehicle, as dear to leave out as the pair was."""
    price: int | None = skip_price(pickup) + skip_price(stop)
    priority = 0
    if pickup.skip_price is None or stop.skip_price is None:
        price, priority = None, max(pickup.priority, stop.priority)
    return msgspec.structs.replace(
        stop, demand=pair.amount, kinds=(kind,), skip_price=price, priority=priority
    )


def _renumbered(problem: Problem, number_of: dict[int, int]) -> list[Pair]:
    return [
        msgspec.structs.replace(pair, pickup=number_of[pair.pickup], delivery=number_of[pair.delivery])
        for pair in problem.pairs
        if pair.pickup in number_of and pair.delivery in number_of
    ]


def _behind(pairs: tuple[Pair, ...], first: int) -> list[Pair]:
    return [
        msgspec.structs.replace(pair, pickup=first + pair.pickup, delivery=first + pair.delivery)
        for pair in pairs
    ]


def _days(fleet: Fleet, number_of: dict[int, int]) -> Days:
    """Return the trips that are still to drive, by the numbers of the rest of the day."""
    days: Days = {}
    for number, trips in fleet.trips.items():
        kept = [[number_of[stop] for stop in trip if stop in number_of] for trip in trips]
        if any(kept):
            days[number, 0] = [trip for trip in kept if trip]
    return days


def _solved(again: Problem, days: Days, budget: Budget, seed: int, threads: int, progress: Progress) -> Plan:
    """Return a plan; what must be served and can't be by anybody is taken out of the search, which it would spoil."""
    if wrong := problems(again):
        raise Impossible("; ".join(wrong))
    hopeless = _hopeless(again)
    stops = [
        msgspec.structs.replace(stop, skip_price=0) if k in hopeless else stop
        for k, stop in enumerate(again.stops)
    ]
    eased = msgspec.structs.replace(again, stops=tuple(stops))
    found = solve(eased, budget, seed, threads, progress, start=timed(eased, days))
    return timed(again, days_of(found))


def _hopeless(problem: Problem) -> set[int]:
    """Return the stops that must be served and that no vehicle could, were it sent to nobody else."""
    rules, found = Rules(problem), set()
    vehicles = [number for number, vehicle in enumerate(problem.vehicles) if vehicle.count]
    for unit in rules.units(range(len(problem.stops))):
        must = {k for k in unit if problem.stops[k].skip_price is None}
        if must and all(rules.why_not(number, [list(unit)]) for number in vehicles):
            found |= must
    return found


def _told(standing: Standing, news: News, fleet: Fleet, number_of: dict[int, int]) -> Told:
    whose = {stop: day.key for day in standing.days for trip in day.trips for stop in trip}
    keys = {number: whose[stop] for stop, number in number_of.items() if stop in whose}
    broken = frozenset(number for number, key in keys.items() if key in news.broken)
    stuck = frozenset(number_of[stop] for stop in standing.aboard if stop in number_of) & broken
    by = {number: fleet.names[key] for number, key in keys.items()}
    return Told(by, broken, stuck, len(number_of))


def _cancelled(problem: Problem, news: News, standing: Standing, gone: dict[int, str]) -> Iterator[Change]:
    for stop in sorted(news.cancelled & standing.past):
        yield Change(problem.stops[stop].name, "past", "", "", "it was cancelled too late")
    for stop, why in sorted(gone.items()):
        yield Change(problem.stops[stop].name, "cancelled", "", "", why)
