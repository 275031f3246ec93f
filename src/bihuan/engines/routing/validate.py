"""What is wrong with a problem, in words."""

from collections import Counter
from collections.abc import Iterator

from .legs import count_places
from .problem import Coordinates, LonLat, Matrix, Problem, Stop, Vehicle, dimensions


def problems(problem: Problem) -> list[str]:
    """Return a sentence for each thing that is wrong; an empty list means that it can be planned.

    Whether every stop can really be served is not decided here: that is what planning finds out.
    """
    return [
        *_travel(problem),
        *_names(problem),
        *_stops(problem),
        *_vehicles(problem),
        *_pairs(problem),
        *_zones(problem),
        *_goods(problem),
    ]


def _travel(problem: Problem) -> Iterator[str]:
    travel = problem.travel
    if isinstance(travel, Coordinates) and len(travel.x) != len(travel.y):
        yield f"there are {len(travel.x)} x and {len(travel.y)} y"
    if isinstance(travel, LonLat) and len(travel.lon) != len(travel.lat):
        yield f"there are {len(travel.lon)} longitudes and {len(travel.lat)} latitudes"
    if isinstance(travel, Coordinates | LonLat) and travel.metres_per_ks < 1:
        yield "metres_per_ks must be 1 or more"
    if isinstance(travel, Coordinates) and travel.times < 1:
        yield "times must be 1 or more"
    if isinstance(travel, Matrix):
        yield from _tables(travel)


def _tables(travel: Matrix) -> Iterator[str]:
    shapes = {travel.metres.shape, travel.seconds.shape}
    if shapes != {(len(travel.metres),) * 2}:
        yield f"metres and seconds must be square and alike, not {travel.metres.shape} and {travel.seconds.shape}"
    elif travel.metres.size and min(travel.metres.min(), travel.seconds.min()) < 0:
        yield "metres and seconds can't be below 0"


def _names(problem: Problem) -> Iterator[str]:
    for what, things in (("stops", problem.stops), ("vehicles", problem.vehicles), ("zones", problem.sealed)):
        twice = [name for name, count in Counter(thing.name for thing in things).items() if count > 1]
        if twice:
            yield f"several {what} are called {twice[0]!r}"
    if not problem.vehicles:
        yield "there is no vehicle"


def _stops(problem: Problem) -> Iterator[str]:
    places, vehicles = count_places(problem.travel), len(problem.vehicles)
    for stop in problem.stops:
        for fault in _stop(stop, places, vehicles):
            yield f"stop {stop.name!r}: {fault}"


def _stop(stop: Stop, places: int, vehicles: int) -> Iterator[str]:
    if not 0 <= stop.place < places:
        yield f"there is no place {stop.place}"
    if min([*stop.demand, stop.service_s, stop.release_s, stop.move_price, stop.skip_price or 0]) < 0:
        yield "no number may be below 0"
    if not 0 <= stop.priority <= 9:
        yield f"priority goes from 0 to 9, not {stop.priority}"
    if any(a > b for a, b in stop.windows):
        yield "a window ends before it begins"
    if any(a[1] >= b[0] for a, b in zip(stop.windows, stop.windows[1:], strict=False)):
        yield "windows must stand in order and apart"
    if stop.home is not None and not 0 <= stop.home < vehicles:
        yield f"there is no vehicle {stop.home}"


def _vehicles(problem: Problem) -> Iterator[str]:
    places, sealed = count_places(problem.travel), {zone.name for zone in problem.sealed}
    widest = dimensions(problem)
    for vehicle in problem.vehicles:
        for fault in _vehicle(vehicle, places, sealed):
            yield f"vehicle {vehicle.name!r}: {fault}"
        if 0 < len(vehicle.capacity) < widest:
            yield f"vehicle {vehicle.name!r}: capacity has {len(vehicle.capacity)} dimensions, loads have {widest}"


def _vehicle(vehicle: Vehicle, places: int, sealed: set[str]) -> Iterator[str]:
    if not (0 <= vehicle.start < places and 0 <= vehicle.end < places):
        yield f"there is no place {vehicle.start} or {vehicle.end}"
    if vehicle.count < 0 or vehicle.trips < 1:
        yield "count is 0 or more and trips 1 or more"
    costs = (vehicle.cost_per_m, vehicle.cost_per_s, vehicle.cost_of_use, vehicle.reload_s)
    if min([*vehicle.capacity, *costs]) < 0:
        yield "no number may be below 0"
    if vehicle.shift[0] > vehicle.shift[1]:
        yield "its shift ends before it begins"
    zones = [zone for zone in (vehicle.start_zone, vehicle.end_zone) if zone]
    yield from (f"zone {zone!r} is not sealed" for zone in zones if zone not in sealed)
    if zones and vehicle.trips > 1:
        yield "a vehicle that begins or ends in a sealed zone makes one trip"


def _pairs(problem: Problem) -> Iterator[str]:
    count = len(problem.stops)
    used = Counter(stop for pair in problem.pairs for stop in (pair.pickup, pair.delivery))
    for pair in problem.pairs:
        if not (0 <= pair.pickup < count and 0 <= pair.delivery < count):
            yield f"a pair names a stop that is not there: {pair.pickup}, {pair.delivery}"
        elif any(any(problem.stops[k].demand) for k in (pair.pickup, pair.delivery)):
            yield f"stop {problem.stops[pair.pickup].name!r}: a stop of a pair has no demand of its own"
        elif any(problem.stops[k].release_s for k in (pair.pickup, pair.delivery)):
            yield f"stop {problem.stops[pair.pickup].name!r}: what is picked up on the way is not released at the depot"
        if min(pair.amount, default=0) < 0:
            yield "the amount of a pair can't be below 0"
    if used and max(used.values()) > 1:
        yield "a stop belongs to one pair at most"


def _zones(problem: Problem) -> Iterator[str]:
    places = count_places(problem.travel)
    for zone in problem.sealed:
        if zone.decontaminate_at is not None and not 0 <= zone.decontaminate_at < places:
            yield f"zone {zone.name!r}: there is no place {zone.decontaminate_at}"
        if zone.decontaminate_s < 0:
            yield f"zone {zone.name!r}: decontamination can't take less than 0 seconds"
        if not zone.name:
            yield "a sealed zone needs a name"


def _goods(problem: Problem) -> Iterator[str]:
    repeated = dimensions(problem) - len(problem.goods)
    yield from (f"goods: there is no dimension {d} to repeat" for d in problem.goods if not 0 <= d < repeated)
