import numpy as np
import pytest

from bihuan.engines.routing.sisr.search import Search
from tests.engines.routing.sisr.test_search import city

pytestmark = pytest.mark.slow


def test_savings_serve_everybody_once_and_overload_nobody():
    problem = city(200)
    search = Search(problem, 1, 1)
    trips = [nodes for _, nodes in search.saved()]
    assert sorted(node for trip in trips for node in trip) == list(range(1, 201))
    load = {node: problem.stops[k].demand[0] for node, k in enumerate(search.layout.stop_of, 1)}
    assert max(sum(load[node] for node in trip) for trip in trips) <= 20


def test_savings_are_left_to_vehicles_that_are_alike():
    assert Search(city(20, cost_per_s=2), 1, 1).saved() == []
    assert np.isfinite(Search(city(20), 1, 1).mean_leg())
