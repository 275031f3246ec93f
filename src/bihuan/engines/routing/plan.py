"""What a planner answers: trips in order, and who is left out."""

from collections.abc import Iterable

from .problem import Problem, Thing


class Trip(Thing, frozen=True, kw_only=True):
    """One trip: the number of the vehicle, which of those alike, the stops by number, and when it leaves."""

    vehicle: int
    unit: int = 0
    stops: tuple[int, ...]
    depart_s: int = 0


class Plan(Thing, frozen=True, kw_only=True):
    """Trips; those of one unit stand in the order in which they are driven. A plan is a proposal."""

    trips: tuple[Trip, ...] = ()
    cost: int = 0

    def served(self) -> set[int]:
        """Return the numbers of the stops that somebody comes to."""
        return {stop for trip in self.trips for stop in trip.stops}

    def skipped(self, problem: Problem) -> list[int]:
        """Return the numbers of the stops that nobody comes to."""
        served = self.served()
        return [stop for stop in range(len(problem.stops)) if stop not in served]


def by_unit(trips: Iterable[Trip]) -> dict[tuple[int, int], list[Trip]]:
    """Return the trips of each vehicle, in order."""
    found: dict[tuple[int, int], list[Trip]] = {}
    for trip in trips:
        found.setdefault((trip.vehicle, trip.unit), []).append(trip)
    return found
