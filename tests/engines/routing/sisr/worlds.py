"""Random problems for the search, and a search that has begun on one."""

from bihuan.engines.routing import Problem
from bihuan.engines.routing.sisr.search import Search
from tests.engines.routing import problems_at_random

CARRIED = tuple(feature for feature in problems_at_random.FEATURES if feature != "pairs")


def problems(stops: int = 9):
    """Problems that the search can carry: all but pairs."""
    return problems_at_random.problems(stops=stops, features=CARRIED)


def begun(problem: Problem, seed: int = 1) -> Search:
    """A search with its first plan."""
    search = Search(problem, seed, 1)
    search.begin(None)
    return search
