"""Routes: which vehicle comes to whom, in which order, when. See docs/engines/routing.md."""

from .baseline import baseline
from .bound import bound
from .check import Violation, check, cost_of
from .plan import Plan, Trip
from .problem import Coordinates, LonLat, Matrix, Pair, Problem, Stop, Vehicle, Zone
from .solve import Impossible, solve
from .stopping import Stop as Budget
from .validate import problems

__all__ = [
    "Budget", "Coordinates", "Impossible", "LonLat", "Matrix", "Pair", "Plan", "Problem", "Stop", "Trip", "Vehicle",
    "Violation", "Zone", "baseline", "bound", "check", "cost_of", "problems", "solve",
]  # fmt: skip
