"""What can still be sent for the rest of a day: vehicles under way as they stand, their later trips, all others."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

import msgspec

from .inserting import Key
from .loads import Load, Loads, total
from .problem import Problem, Stop, Vehicle
from .standing import Sofar, Standing


@dataclass(slots=True)
class Fleet:
    """Vehicles, the trips still to drive by vehicle, who has which kind of its own, and what is aboard by vehicle.

    ``names`` says how each vehicle of the plan, those out of service too, is called.
    """

    vehicles: list[Vehicle] = field(default_factory=list)
    trips: dict[int, list[list[int]]] = field(default_factory=dict)
    names: dict[Key, str] = field(default_factory=dict)
    own: dict[Key, str] = field(default_factory=dict)
    aboard: dict[int, Load] = field(default_factory=dict)

    def add(self, vehicle: Vehicle, trips: list[list[int]]) -> None:
        """Add a vehicle, or several alike."""
        self.trips[len(self.vehicles)] = trips
        self.vehicles.append(vehicle)


def fleet_of(
    problem: Problem, standing: Standing, broken: frozenset[Key], gone: Container[int], loads: Loads
) -> Fleet:
    """Return what can still be sent; vehicles out of service are not among it."""
    fleet = Fleet(own=_own_kinds(problem, standing, gone))
    for day in standing.days:
        fleet.names[day.key] = _called(problem, day.key)
        if day.key not in broken:
            _under_way(problem, standing, fleet, day, gone, loads)
    taken = {*(day.key for day in standing.days), *broken}
    for number, vehicle in enumerate(problem.vehicles):
        used = sum(1 for one, _ in taken if one == number)
        free, name = vehicle.count - used, f"{vehicle.name} others" if used else vehicle.name
        # One of which there is none stays where no other is left, so that there is something to plan for.
        if free > 0 or (number + 1 == len(problem.vehicles) and not fleet.vehicles):
            fleet.add(_at_depot(vehicle, loads, standing.now_s, name=name, count=max(0, free)), [])
    return fleet


def _called(problem: Problem, key: Key) -> str:
    vehicle = problem.vehicles[key[0]]
    return vehicle.name if vehicle.count == 1 else f"{vehicle.name} {key[1] + 1}"


def _at_depot(vehicle: Vehicle, loads: Loads, clock_s: int, **said: object) -> Vehicle:
    """Return a vehicle that loads at its depot, from a time on."""
    shift = min(max(vehicle.shift[0], clock_s), vehicle.shift[1]), vehicle.shift[1]
    return msgspec.structs.replace(vehicle, capacity=loads.room(vehicle.capacity), shift=shift, **said)


def _own_kinds(problem: Problem, standing: Standing, gone: Container[int]) -> dict[Key, str]:
    """Return a kind of its own, which none has yet, for each vehicle that must hand over what it has on board."""
    taken = {vehicle.kind for vehicle in problem.vehicles} | {
        kind for stop in problem.stops for kind in stop.kinds
    }
    found: dict[Key, str] = {}
    for key in sorted({key for stop, key in standing.aboard.items() if stop not in gone}):
        kind = f"{_called(problem, key)} loaded"
        while kind in taken:
            kind += " again"
        taken.add(kind)
        found[key] = kind
    return found


def _under_way(
    problem: Problem, standing: Standing, fleet: Fleet, day: Sofar, gone: Container[int], loads: Loads
) -> None:
    """Add what one vehicle still does: the rest of the trip it is on, and its trips after that."""
    vehicle, name, now_s = problem.vehicles[day.key[0]], fleet.names[day.key], standing.now_s
    is_out = day.begun > 0 and day.back_s > now_s
    goes_on = day.begun < vehicle.trips
    if is_out:
        out = _on_the_way(problem, standing, fleet, day, gone, loads)
        until = min(day.back_s, vehicle.shift[1]) if goes_on else vehicle.shift[1]
        out = msgspec.structs.replace(out, name=name, shift=(min(out.shift[0], until), until))
        fleet.add(out, [[k for k in day.trips[day.begun - 1] if k not in standing.past]])
    if goes_on:
        later = _at_depot(
            vehicle, loads, max(now_s, day.back_s + vehicle.reload_s if day.begun else 0),
            name=f"{name} later" if is_out else name, count=1, trips=vehicle.trips - day.begun,
            start=vehicle.end if day.begun else vehicle.start, cost_of_use=0 if day.begun else vehicle.cost_of_use,
        )  # fmt: skip
        fleet.add(later, day.trips[day.begun :])


def _on_the_way(
    problem: Problem, standing: Standing, fleet: Fleet, day: Sofar, gone: Container[int], loads: Loads
) -> Vehicle:
    """Return a vehicle as it stands: where its last stop was, free when that is done, with what it carries."""
    vehicle = problem.vehicles[day.key[0]]
    place, zone, free_s = _where(problem, day, standing.now_s)
    ahead = [problem.stops[k].demand for k in day.trips[day.begun - 1] if k not in standing.past]
    goods = total(ahead, loads.width)
    held = {stop for stop, key in standing.aboard.items() if key == day.key}
    amounts = {pair.delivery: pair.amount for pair in problem.pairs if pair.delivery in held}
    stays = total((load for stop, load in amounts.items() if stop in gone), loads.width)
    out = total((load for stop, load in amounts.items() if stop not in gone), loads.width)
    fleet.aboard[len(fleet.vehicles)] = total((goods, out), loads.width)
    return msgspec.structs.replace(
        vehicle, count=1, trips=1, start=place, start_zone=zone, kind=fleet.own.get(day.key, vehicle.kind),
        capacity=loads.under_way(vehicle.capacity, goods, stays), shift=(free_s, vehicle.shift[1]),
        cost_of_use=0, reload_s=0,
    )  # fmt: skip


def _where(problem: Problem, day: Sofar, now_s: int) -> tuple[int, str, int]:
    """Return the place and sealed zone of a vehicle that is out, and when it is free there."""
    vehicle, walked = problem.vehicles[day.key[0]], day.walked[day.begun - 1]
    at = sum(1 for begin in walked.begin_s if begin <= now_s)
    if not at:
        is_first = day.begun == 1
        return (
            vehicle.start if is_first else vehicle.end,
            vehicle.start_zone if is_first else "",
            max(now_s, walked.depart_s),
        )
    last = problem.stops[day.trips[day.begun - 1][at - 1]]
    sealed = {zone.name for zone in problem.sealed}
    return (
        last.place,
        last.zone if last.zone in sealed else "",
        max(now_s, walked.begin_s[at - 1] + last.service_s),
    )


def also_kinds(problem: Problem, fleet: Fleet, stop: Stop) -> tuple[str, ...]:
    """Return the kinds that may come to a stop: vehicles with a kind of their own go on as what they were."""
    own: Iterable[str] = (
        kind for key, kind in fleet.own.items() if problem.vehicles[key[0]].kind in stop.kinds
    )
    return (*stop.kinds, *own) if stop.kinds else ()
