"""Reads and writes Solomon's form of problems with time windows (1987, doi:10.1287/opre.35.2.254)."""

import re

from .problem import Coordinates, Problem, Stop, Vehicle
from .vrplib import TIMES_TEN, Unreadable

COLUMNS = 7


def read_solomon(text: str) -> Problem:
    """Read a problem; everything is taken times ten with distances cut off, as the DIMACS challenge of 2021 does.

    Raises
    ------
    Unreadable
        When the table of vehicles or of customers is missing or is no number.
    """
    rows = [
        [int(word) for word in line.split()] for line in text.splitlines() if re.fullmatch(r"[\d\s-]+", line)
    ]
    rows = [row for row in rows if row]
    if not rows or len(rows[0]) != 2 or any(len(row) != COLUMNS for row in rows[1:]) or len(rows) < 2:
        raise Unreadable(
            "this is not Solomon's form: number and capacity of vehicles, then seven whole numbers a line"
        )
    (count, capacity), depot, *customers = rows
    shift = (depot[4] * TIMES_TEN, depot[5] * TIMES_TEN)
    stops = tuple(_stop(place, row) for place, row in enumerate(customers, 1))
    everywhere = [depot, *customers]
    return Problem(
        name=text.split(maxsplit=1)[0],
        stops=stops,
        vehicles=(Vehicle(name="vehicle", capacity=(capacity,), count=count, shift=shift),),
        travel=Coordinates(
            x=tuple(row[1] for row in everywhere),
            y=tuple(row[2] for row in everywhere),
            times=TIMES_TEN,
            is_cut=True,
        ),
    )


def _stop(place: int, row: list[int]) -> Stop:
    name, _, _, demand, opens, closes, service = row
    return Stop(
        name=str(name),
        place=place,
        demand=(demand,),
        windows=((opens * TIMES_TEN, closes * TIMES_TEN),),
        service_s=service * TIMES_TEN,
    )


def write_solomon(problem: Problem) -> str:
    """Write a problem of one kind of vehicle over a plane.

    Raises
    ------
    Unreadable
        When the problem has what the form has no word for.
    """
    travel, vehicle = problem.travel, problem.vehicles[0]
    if not isinstance(travel, Coordinates) or len(problem.vehicles) > 1 or vehicle.trips > 1 or vehicle.start:
        raise Unreadable(
            "Solomon's form knows one depot, the first place, one kind of vehicle and one trip for each"
        )
    scale = travel.times
    lines = [problem.name or "BIHUAN", "", "VEHICLE", "NUMBER CAPACITY", f"{vehicle.count} {vehicle.capacity[0]}", "",
             "CUSTOMER", "CUST_NO XCOORD YCOORD DEMAND READY DUE SERVICE", ""]  # fmt: skip
    shift = tuple(s // scale for s in vehicle.shift)
    lines.append(f"0 {travel.x[0]} {travel.y[0]} 0 {shift[0]} {shift[1]} 0")
    for number, stop in enumerate(problem.stops, 1):
        opens, closes = stop.windows[0] if stop.windows else vehicle.shift
        demand = stop.demand[0] if stop.demand else 0
        at = f"{travel.x[stop.place]} {travel.y[stop.place]}"
        lines.append(f"{number} {at} {demand} {opens // scale} {closes // scale} {stop.service_s // scale}")
    return "\n".join([*lines, ""])
