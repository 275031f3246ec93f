"""A plan: how many units go along which link."""

from dataclasses import dataclass

import numpy as np

from bihuan.engines.matching.problem import Floats, Ints, Problem


@dataclass(frozen=True)
class Plan:
    """Matches, a row each: offer, need, units. Whatever is not in it stays where it is."""

    offer: Ints
    need: Ints
    quantity: Ints

    @classmethod
    def along(cls, problem: Problem, units: Ints) -> "Plan":
        """Make a plan from the units on each link of a problem."""
        used = np.flatnonzero(units > 0)
        return cls(problem.links.offer[used], problem.links.need[used], units[used].astype(np.int64))

    def __len__(self) -> int:
        """Return how many matches there are."""
        return len(self.offer)

    def given(self, problem: Problem) -> Ints:
        """Return the units that leave each offer."""
        return np.bincount(self.offer, self.quantity, len(problem.offers)).astype(np.int64)

    def received(self, problem: Problem) -> Ints:
        """Return the units that reach each need."""
        return np.bincount(self.need, self.quantity, len(problem.needs)).astype(np.int64)

    def coverage(self, problem: Problem) -> Floats:
        """Return the share of each need that is met, 1 where nothing is lacking."""
        lacking = problem.needs.quantity
        return np.where(lacking > 0, self.received(problem) / np.maximum(lacking, 1), 1.0)
