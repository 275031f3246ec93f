"""Why a stop is where it is, and why nobody comes to one: for whoever has to answer for a plan."""

from dataclasses import dataclass

from .inserting import Days, Key, Place, ways
from .plan import Plan
from .problem import FOREVER, Problem, Stop, skip_price
from .timing import WHY, Rules, Walked, days_of

NEAR = 30
ROUND = {"trips": "every vehicle makes as many trips as it may", **WHY}


@dataclass(frozen=True, slots=True)
class Reason:
    """Where a stop is and why.

    Attributes
    ----------
    vehicle, unit, trip
        Who comes, empty and -1 when nobody does.
    arrive_s, slack_s
        When, and by how many seconds later it could be before anybody becomes late.
    cost
        What serving it adds to the plan.
    next_vehicle, next_cost
        The vehicle that could serve it next best, and how much more that costs; empty when no other can.
    why
        In words.
    """

    stop: str
    vehicle: str = ""
    unit: int = -1
    trip: int = -1
    arrive_s: int = 0
    slack_s: int = 0
    cost: int = 0
    next_vehicle: str = ""
    next_cost: int = 0
    why: str = ""


def explain(problem: Problem, plan: Plan, stop: int) -> Reason:
    """Return why a stop is where it is in a plan that breaks no rule. O(vehicles near by · their stops)."""
    rules, days = Rules(problem), days_of(plan)
    found = next(
        ((key, k) for key, trips in days.items() for k, trip in enumerate(trips) if stop in trip), None
    )
    if found is None:
        return Reason(problem.stops[stop].name, why=why_unserved(rules, days, stop))
    return _placed(rules, days, stop, *found)


def _placed(rules: Rules, days: Days, stop: int, key: Key, trip: int) -> Reason:
    problem = rules.problem
    unit = rules.together(stop)
    here = [[k for k in one if k not in unit] for one in days[key]]
    rest = {**days, key: [one for one in here if one]}
    saves = _cost(rules, key, days[key]) - _cost(rules, key, rest[key])
    others = [way for way in _ways(rules, {k: v for k, v in rest.items() if v}, unit, stop) if way.key != key]
    best = min(others, default=None)
    walked = rules.day(key[0], days[key])[trip]
    at = days[key][trip].index(stop)
    name = problem.vehicles[key[0]].name
    why = f"serving it adds {saves:,}; no other vehicle near by can take it"
    if best is not None:
        other = problem.vehicles[best.key[0]].name
        why = f"serving it adds {saves:,}; by {other!r} {best.key[1] + 1} it would add {best.cost:,}"
    return Reason(
        problem.stops[stop].name, name, key[1], trip, walked.arrive_s[at], slack_s(rules, days, key, trip, at), saves,
        problem.vehicles[best.key[0]].name if best else "", best.cost - saves if best else 0, why,
    )  # fmt: skip


def _cost(rules: Rules, key: Key, trips: list[list[int]]) -> int:
    driven = sum(walked.cost for walked in rules.day(key[0], trips))
    return driven + (rules.problem.vehicles[key[0]].cost_of_use if trips else 0)


def _ways(rules: Rules, days: Days, unit: tuple[int, ...], stop: int) -> list[Place]:
    """Return the ways into trips that come near the stop, and into fresh ones."""
    legs, here = rules.legs, rules.legs.points[stop]
    served = {k: (key, t) for key, trips in days.items() for t, trip in enumerate(trips) for k in trip}
    nearest = sorted(served, key=lambda k: legs.leg(here, legs.points[k])[0])[:NEAR]
    return list(ways(rules, days, unit, {served[k] for k in nearest}))


def why_unserved(rules: Rules, days: Days, stop: int) -> str:
    """Return the rule that prevents a stop from being served, or that it is dearer than leaving it out."""
    problem, unit = rules.problem, rules.together(stop)
    alone = [rules.why_not(number, [list(unit)]) for number in range(len(problem.vehicles))]
    if all(alone):
        # The rule that the vehicle which comes nearest to serving it fails by.
        return ROUND[max(alone, key=list(ROUND).index)]
    price = sum(skip_price(problem.stops[k]) for k in unit)
    best = min(_ways(rules, days, unit, stop), default=None)
    if best is None:
        return "every vehicle that could come is full or out of time"
    if best.cost >= price:
        return f"serving it would add {best.cost:,}, leaving it out costs {price:,}"
    return f"it could still be served for {best.cost:,}; the search did not find that"


def slack_s(rules: Rules, days: Days, key: Key, trip: int, at: int) -> int:
    """Return by how many seconds later a vehicle could come to its stop ``at`` before anybody becomes late."""
    vehicle, trips = rules.problem.vehicles[key[0]], days[key]
    walked = rules.day(key[0], trips)
    due = vehicle.shift[1]
    for k in range(len(trips) - 1, trip - 1, -1):
        latest = _latest(rules, trips[k], (vehicle.end, rules.legs.zone(vehicle.end_zone)), due)
        if k > trip:
            due = min(
                due, _departs(rules, trips[k], walked[k], (vehicle.end, -1), latest[0]) - vehicle.reload_s
            )
    return latest[at] - walked[trip].arrive_s[at]


def _departs(rules: Rules, stops: list[int], walked: Walked, start: tuple[int, int], latest_s: int) -> int:
    _, driven, cleaning = rules.legs.leg(start, rules.legs.points[stops[0]])
    return max(walked.depart_s, latest_s - driven - cleaning)


def _latest(rules: Rules, stops: list[int], end: tuple[int, int], due: int) -> list[int]:
    """Return the latest arrival at each stop of a trip that must be back by ``due``."""
    found: list[int] = []
    there, clock = end, due
    for k in reversed(stops):
        _, driven, cleaning = rules.legs.leg(rules.legs.points[k], there)
        clock = _last_begin(
            rules.problem.stops[k], clock - driven - cleaning - rules.problem.stops[k].service_s
        )
        found.append(clock)
        there = rules.legs.points[k]
    return found[::-1]


def _last_begin(stop: Stop, clock: int) -> int:
    spans = [(opens, closes) for opens, closes in stop.windows or ((-FOREVER, FOREVER),) if opens <= clock]
    return min(clock, spans[-1][1]) if spans else clock
