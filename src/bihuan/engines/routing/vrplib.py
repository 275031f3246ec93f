"""Reads and writes VRPLIB, the form of the published benchmarks, and its ``.sol`` files of plans.

Which fields mean what: CVRPLIB and the readme of PyVRP's instances. Problems with windows are taken as the DIMACS
challenge of 2021 does: everything times ten, distances cut off.
"""

import re
from collections.abc import Iterator

import numpy as np

from .plan import Plan, by_unit
from .problem import FOREVER, Coordinates, Matrix, Problem, Stop, Vehicle
from .timing import timed

TIMES_TEN = 10
COLUMNS = {"DEMAND", "TIME_WINDOW", "RELEASE_TIME", "SERVICE_TIME", "VEHICLES_RELOAD_DEPOT"}


class Unreadable(ValueError):
    """A file is not what it should be; the message says where."""


Sections = tuple[dict[str, str], dict[str, list[list[str]]]]


def read_vrplib(text: str) -> Problem:
    """Read a problem: CVRP, VRPTW or MTVRPTWR, over a plane or with a full matrix.

    Raises
    ------
    Unreadable
        When a part is missing or is no number.
    """
    head, body = _sections(text)
    try:
        return _problem(head, body)
    except (KeyError, ValueError, IndexError) as error:
        raise Unreadable(f"this VRPLIB file can't be read: {error!s} is missing or wrong") from error


def _sections(text: str) -> Sections:
    head: dict[str, str] = {}
    body: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in text.splitlines():
        words = line.split()
        if not words or words[0] == "EOF":
            continue
        if re.fullmatch(r"[A-Z_]+_SECTION", words[0]):
            rows = body.setdefault(words[0].removesuffix("_SECTION"), [])
        elif ":" in line:
            key, _, value = line.partition(":")
            head[key.strip()] = value.strip().strip('"')
        elif rows is not None:
            rows.append(words)
    return head, body


def _problem(head: dict[str, str], body: dict[str, list[list[str]]]) -> Problem:
    size = int(head["DIMENSION"])
    is_timed = "TIME_WINDOW" in body
    scale = TIMES_TEN if is_timed else 1
    depot = int(body.get("DEPOT", [["1"]])[0][0]) - 1
    column = {
        name: {int(row[0]) - 1: [int(x) for x in row[1:]] for row in body[name]}
        for name in COLUMNS & set(body)
    }
    everyone = int(head.get("SERVICE_TIME", 0))

    def stop(place: int) -> Stop:
        service = column.get("SERVICE_TIME", {}).get(place, [everyone])[0]
        return Stop(
            name=str(place), place=place, demand=tuple(column["DEMAND"].get(place, (0,))), service_s=service * scale,
            windows=tuple((a * scale, b * scale) for a, b in [column["TIME_WINDOW"][place]]) if is_timed else (),
            release_s=column.get("RELEASE_TIME", {}).get(place, [0])[0] * scale,
        )  # fmt: skip

    shift = column["TIME_WINDOW"][depot] if is_timed else [0, FOREVER // scale]
    vehicle = Vehicle(
        name="vehicle", capacity=(int(head["CAPACITY"]),), start=depot, end=depot,
        count=int(head.get("VEHICLES", size - 1)), shift=(shift[0] * scale, shift[1] * scale),
        trips=size if "VEHICLES_RELOAD_DEPOT" in body else 1,
    )  # fmt: skip
    stops = tuple(stop(place) for place in range(size) if place != depot)
    return Problem(
        stops=stops, vehicles=(vehicle,), travel=_travel(head, body, scale), name=head.get("NAME", "")
    )


def _travel(head: dict[str, str], body: dict[str, list[list[str]]], scale: int) -> Coordinates | Matrix:
    if head["EDGE_WEIGHT_TYPE"] == "EXPLICIT":
        flat = np.array([int(x) for row in body["EDGE_WEIGHT"] for x in row], np.int64)
        square = flat.reshape(int(head["DIMENSION"]), -1) * scale
        return Matrix(metres=square, seconds=square)
    if head["EDGE_WEIGHT_TYPE"] != "EUC_2D":
        raise Unreadable(f"EDGE_WEIGHT_TYPE {head['EDGE_WEIGHT_TYPE']} is not known here: EUC_2D or EXPLICIT")
    rows = body["NODE_COORD"]
    return Coordinates(
        x=tuple(_whole(row[1]) for row in rows),
        y=tuple(_whole(row[2]) for row in rows),
        times=scale,
        is_cut=scale > 1,
    )


def _whole(word: str) -> int:
    value = float(word)
    if value != int(value):
        raise Unreadable(f"coordinate {word} is not a whole number; multiply all of them first")
    return int(value)


def write_vrplib(problem: Problem) -> str:
    """Write a problem of one kind of vehicle over a plane; what VRPLIB can't say is refused.

    Raises
    ------
    Unreadable
        When the problem has what the form has no word for.
    """
    travel, vehicle = problem.travel, problem.vehicles[0]
    if not isinstance(travel, Coordinates) or len(problem.vehicles) > 1 or problem.pairs or problem.sealed:
        raise Unreadable(
            "VRPLIB has no word for several kinds of vehicle, pairs, sealed zones or tables of travel"
        )
    return "\n".join([*_head(problem, travel, vehicle), *_body(problem, travel, vehicle), "EOF", ""])


def _head(problem: Problem, travel: Coordinates, vehicle: Vehicle) -> Iterator[str]:
    is_timed = any(stop.windows for stop in problem.stops)
    kind = "MTVRPTWR" if vehicle.trips > 1 else "VRPTW" if is_timed else "CVRP"
    yield from (
        f"NAME : {problem.name}",
        f"TYPE : {kind}",
        f"DIMENSION : {len(travel.x)}",
        "EDGE_WEIGHT_TYPE : EUC_2D",
    )
    yield from (f"VEHICLES : {vehicle.count}", f"CAPACITY : {vehicle.capacity[0]}")


def _body(problem: Problem, travel: Coordinates, vehicle: Vehicle) -> Iterator[str]:
    scale = travel.times
    yield "NODE_COORD_SECTION"
    yield from (f"{k + 1} {x} {y}" for k, (x, y) in enumerate(zip(travel.x, travel.y, strict=True)))
    yield from ("DEMAND_SECTION", f"{vehicle.start + 1} 0")
    yield from (f"{stop.place + 1} {stop.demand[0] if stop.demand else 0}" for stop in problem.stops)
    if any(stop.windows for stop in problem.stops):
        yield from ("SERVICE_TIME_SECTION", f"{vehicle.start + 1} 0")
        yield from (f"{stop.place + 1} {stop.service_s // scale}" for stop in problem.stops)
        spans = [(stop.place, stop.windows[0] if stop.windows else vehicle.shift) for stop in problem.stops]
        yield "TIME_WINDOW_SECTION"
        yield from (
            f"{p + 1} {a // scale} {b // scale}" for p, (a, b) in [(vehicle.start, vehicle.shift), *spans]
        )
    if any(stop.release_s for stop in problem.stops):
        yield "RELEASE_TIME_SECTION"
        yield from (f"{stop.place + 1} {stop.release_s // scale}" for stop in problem.stops)
    if vehicle.trips > 1:
        yield "VEHICLES_RELOAD_DEPOT_SECTION"
        yield from (f"{k + 1} {vehicle.start + 1}" for k in range(vehicle.count))
    yield from ("DEPOT_SECTION", str(vehicle.start + 1), "-1")


def read_sol(text: str, problem: Problem) -> Plan:
    """Read a plan in VRPLIB's form for a problem of one kind of vehicle; departures are set as early as can be.

    Raises
    ------
    Unreadable
        When it names a stop that the problem lacks.
    """
    number = {stop.place: k for k, stop in enumerate(problem.stops)}
    days: dict[tuple[int, int], list[list[int]]] = {}
    for unit, found in enumerate(re.findall(r"^Route #\d+:([\d ]*)", text, re.MULTILINE)):
        trips: list[list[int]] = [[]]
        for place in map(int, found.split()):
            if place == 0:
                trips.append([])
            elif place not in number:
                raise Unreadable(f"Route #{unit + 1} names stop {place}, which the problem lacks")
            else:
                trips[-1].append(number[place])
        days[0, unit] = trips
    return timed(problem, days)


def write_sol(problem: Problem, plan: Plan) -> str:
    """Write a plan in VRPLIB's form; 0 between two stops is a visit to the depot."""
    lines = []
    for k, trips in enumerate(by_unit(plan.trips).values(), 1):
        places = [" ".join(str(problem.stops[stop].place) for stop in trip.stops) for trip in trips]
        lines.append(f"Route #{k}: " + " 0 ".join(places))
    times = problem.travel.times if isinstance(problem.travel, Coordinates) else 1
    cost = str(plan.cost) if times == 1 else f"{plan.cost / times:.1f}"
    return "\n".join([*lines, f"Cost {cost}", ""])
