"""What is to be planned: stops, vehicles, closed-loop rules and roads, in whole numbers with units.

A problem is data. It is read from JSON by its types alone (:mod:`bihuan.engines.routing.jsonform`), compared by value
and never changed; what is wrong with it, :func:`bihuan.engines.routing.validate.problems` says in words.
"""

from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

Window = tuple[int, int]
Ints = npt.NDArray[np.int64]

FOREVER = 10**9
"""A second after the end of every plan."""
UNREACHABLE = 10**9
"""As many metres, or seconds, and more mean that there is no way."""
REQUIRED = 10**12
"""What the solvers pay for leaving out a stop that must be served; no plan's travel comes near it."""


class Thing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value without identity."""


class Coordinates(Thing, tag="coordinates", frozen=True, kw_only=True):
    """Travel in straight lines over a plane.

    Attributes
    ----------
    x, y
        Position of each place, in metres (or in the unit of a benchmark).
    times
        Distances are multiplied by this before they become whole numbers.
    is_cut
        Whether they are cut off rather than rounded to the nearest (DIMACS 2021: ``times=10, is_cut=True``).
    metres_per_ks
        Speed, in metres per 1,000 seconds; seconds are rounded up.
    """

    x: tuple[int, ...]
    y: tuple[int, ...]
    times: int = 1
    is_cut: bool = False
    metres_per_ks: int = 1000


class LonLat(Thing, tag="lonlat", frozen=True, kw_only=True):
    """Travel in straight lines over the globe (WGS 84), lengthened by a detour as roads are; see ``Coordinates``."""

    lon: tuple[float, ...]
    lat: tuple[float, ...]
    detour_percent: int = 130
    metres_per_ks: int = 8333


class Matrix(Thing, tag="matrix", eq=False, frozen=True, kw_only=True):
    """Travel by tables, shape (places, places): metres and seconds from the row to the column."""

    metres: np.ndarray[Any, Any]
    seconds: np.ndarray[Any, Any]


class Stop(Thing, frozen=True, kw_only=True):
    """One call at a place.

    Attributes
    ----------
    name
        How the caller knows it; unique.
    place
        Number of the place in the travel.
    demand
        What is loaded at the depot and handed over here, by dimension (for example grams and litres).
    service_s
        Seconds of work here.
    windows
        Spans of seconds in which the work may begin, in order; none means at any time.
    priority
        0 to 9. Each step doubles what it costs to leave the stop out.
    skip_price
        Cost of leaving the stop out; ``None`` means that it must be served.
    zone
        The zone it lies in; the rules apply where :class:`Zone` seals it.
    kinds
        Kinds of vehicle that may come; none means any.
    release_s
        Its load is at the depot from then on.
    home, move_price
        Number of the vehicle that has it in a plan already told, and the cost of another coming.
    """

    name: str
    place: int
    demand: tuple[int, ...] = ()
    service_s: int = 0
    windows: tuple[Window, ...] = ()
    priority: int = 0
    skip_price: int | None = None
    zone: str = ""
    kinds: tuple[str, ...] = ()
    release_s: int = 0
    home: int | None = None
    move_price: int = 0


class Vehicle(Thing, frozen=True, kw_only=True):
    """One vehicle, or ``count`` alike.

    Attributes
    ----------
    kind
        What kind it is, for ``Stop.kinds``.
    capacity
        By dimension, for each trip.
    start, end
        Places where its day begins and where each of its trips ends; a further trip begins at ``end``.
    shift
        Seconds: not under way before the first, back by the second.
    cost_per_m, cost_per_s, cost_of_use
        Cost of a metre driven, of a second driven, and of leaving the depot at all.
    trips, reload_s
        How many trips at most, and the seconds of turning round and loading between two of them.
    start_zone, end_zone
        The sealed zone in which ``start`` or ``end`` lies, if it does: a vehicle under way, a dirty depot.
    """

    name: str
    capacity: tuple[int, ...] = ()
    start: int = 0
    end: int = 0
    kind: str = ""
    count: int = 1
    shift: Window = (0, FOREVER)
    cost_per_m: int = 1
    cost_per_s: int = 0
    cost_of_use: int = 0
    trips: int = 1
    reload_s: int = 0
    start_zone: str = ""
    end_zone: str = ""


class Pair(Thing, frozen=True, kw_only=True):
    """What is picked up at one stop and handed over at another in the same trip, ``amount`` by dimension."""

    pickup: int
    delivery: int
    amount: tuple[int, ...] = ()


class Zone(Thing, frozen=True, kw_only=True):
    """A sealed zone: a vehicle that has entered serves only it, until it was at the place of decontamination.

    Without such a place nobody comes out again: only vehicles whose ``end_zone`` it is may serve it, and they serve
    nothing after it.
    """

    name: str
    decontaminate_at: int | None = None
    decontaminate_s: int = 0


class Problem(Thing, frozen=True, kw_only=True):
    """A day's stops, what can be sent, and the roads between.

    ``goods`` says of each of the last dimensions which one it repeats without what pairs weigh, as planning again needs
    it (:mod:`bihuan.engines.routing.loads`); most problems have none.
    """

    stops: tuple[Stop, ...]
    vehicles: tuple[Vehicle, ...]
    travel: Coordinates | LonLat | Matrix
    pairs: tuple[Pair, ...] = ()
    sealed: tuple[Zone, ...] = ()
    lonlat: tuple[tuple[float, float], ...] = ()
    name: str = ""
    goods: tuple[int, ...] = ()


def skip_price(stop: Stop) -> int:
    """Return what leaving the stop out costs, by its priority."""
    return (REQUIRED if stop.skip_price is None else stop.skip_price) << stop.priority


def dimensions(problem: Problem) -> int:
    """Return how many dimensions loads have."""
    loads = [len(stop.demand) for stop in problem.stops] + [len(pair.amount) for pair in problem.pairs]
    return max([*loads, *(len(vehicle.capacity) for vehicle in problem.vehicles), 1])


def amount(load: tuple[int, ...], dimension: int) -> int:
    """Return a load in one dimension; what is not said is nothing."""
    return load[dimension] if dimension < len(load) else 0


def may_serve(vehicle: Vehicle, stop: Stop) -> bool:
    """Say whether this kind of vehicle may come to this stop."""
    return not stop.kinds or vehicle.kind in stop.kinds
