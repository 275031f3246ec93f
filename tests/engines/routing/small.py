"""A small problem to change: four stops on a line, 100 m apart, the depot at 0."""

from typing import Any

from bihuan.engines.routing import Coordinates, Problem, Stop, Vehicle

LINE = Coordinates(x=(0, 100, 200, 300, 400), y=(0,) * 5)


def stop(place: int, **said: Any) -> Stop:
    return Stop(**{"name": f"s{place}", "place": place, "demand": (1,)} | said)


def line(*stops: Stop, **said: Any) -> Problem:
    vehicle = said.pop("vehicle", Vehicle(name="van", capacity=(4,), count=2))
    return Problem(stops=stops or tuple(map(stop, range(1, 5))), vehicles=(vehicle,), travel=LINE, **said)
