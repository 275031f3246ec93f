"""What has happened during a day of routes, from the words and the file of whoever plans again."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from django.core.management import CommandError

from bihuan.engines.routing import Coordinates, LonLat, Matrix, Problem
from bihuan.engines.routing.jsonform import read_added
from bihuan.engines.routing.legs import count_places
from bihuan.engines.routing.news import Added
from bihuan.engines.routing.vrplib import Unreadable

Travel = Coordinates | LonLat | Matrix


def cancelled_in(problem: Problem, names: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the stops of these names; refuses one that is not there."""
    number_of = {stop.name: number for number, stop in enumerate(problem.stops)}
    if unknown := [name for name in names if name not in number_of]:
        raise CommandError(f"--cancelled: there is no stop {unknown[0]!r}")
    return frozenset(number_of[name] for name in names)


def broken_in(problem: Problem, names: Sequence[str]) -> frozenset[tuple[int, int]]:
    """Return vehicles by number and unit from ``VEHICLE`` or, of several alike, ``VEHICLE:UNIT``, counted from 1."""
    return frozenset(_vehicle(problem, name) for name in names)


def _vehicle(problem: Problem, said: str) -> tuple[int, int]:
    count_of = {vehicle.name: (k, vehicle.count) for k, vehicle in enumerate(problem.vehicles)}
    if said in count_of:
        number, count = count_of[said]
        if count != 1:
            raise CommandError(f"--broken: there are {count} of {said!r}: say which one, as {said}:1")
        return number, 0
    name, _, unit = said.rpartition(":")
    if name not in count_of:
        raise CommandError(f"--broken: there is no vehicle {name or said!r}")
    number, count = count_of[name]
    if not unit.isdecimal() or not 1 <= int(unit) <= count:
        raise CommandError(f"--broken: there are {count} of {name!r}, and no number {unit!r} among them")
    return number, int(unit) - 1


def added_in(path: Path) -> Added:
    """Read new stops and pairs."""
    try:
        return read_added(path.read_text())
    except (Unreadable, OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path}: {error}") from error


def with_places(problem: Problem, added: Added, path: Path) -> Problem:
    """Return the problem with the new places behind its own; refuses a file that changes those."""
    if added.travel is None:
        return problem
    count = count_places(problem.travel)
    if not _begins_with(added.travel, problem.travel, count):
        raise CommandError(f"{path}: travel must begin with the {count} places of the problem, unchanged")
    return msgspec.structs.replace(problem, travel=added.travel, lonlat=added.lonlat or problem.lonlat)


def _begins_with(longer: Travel, travel: Travel, count: int) -> bool:
    if isinstance(longer, Matrix) and isinstance(travel, Matrix):
        return all(
            np.array_equal(a[:count, :count], b)
            for a, b in ((longer.metres, travel.metres), (longer.seconds, travel.seconds))
        )
    if isinstance(longer, Coordinates) and isinstance(travel, Coordinates):
        return msgspec.structs.replace(longer, x=longer.x[:count], y=longer.y[:count]) == travel
    if isinstance(longer, LonLat) and isinstance(travel, LonLat):
        return msgspec.structs.replace(longer, lon=longer.lon[:count], lat=longer.lat[:count]) == travel
    return False
