import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bihuan.engines.routing import Coordinates, Problem, Stop, Vehicle, check
from bihuan.engines.routing.sisr.arrays import ROUTE
from bihuan.engines.routing.sisr.chaining import chain
from bihuan.engines.routing.sisr.linking import link, unlink
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import begun, problems

pytestmark = pytest.mark.slow


def cost(search):
    return search.plan(search.snapshot()).cost


def broken(search):
    violations = check(search.problem, search.plan(search.snapshot()))
    return [one for one in violations if one.rule != "unserved"]


@tries(100)
@given(problems(stops=14), st.floats(0, 200), st.data())
def test_what_it_says_it_costs_is_what_it_costs_and_no_rule_is_broken(problem, limit, data):
    search = begun(problem)
    part = search.parts[0]
    assume(not broken(search))
    for stop in data.draw(st.lists(st.integers(1, part.stops), min_size=1, max_size=20)):
        before = cost(search)
        dearer = chain(part, stop, limit)
        search.cost += dearer
        assert cost(search) - before == dearer <= max(limit, 0)
        assert broken(search) == []


def two_towns(capacity):
    """A depot between two towns of three stops each, with a load of 1; a vehicle carries so many."""
    x, y = (50, 0, 0, 0, 100, 100, 100), (0, 0, 5, 10, 0, 5, 10)
    stops = tuple(Stop(name=f"s{k}", place=k, demand=(1,)) for k in range(1, 7))
    vehicle = Vehicle(name="van", capacity=(capacity,), count=2)
    return Problem(stops=stops, vehicles=(vehicle,), travel=Coordinates(x=x, y=y))


def served_by(search, vehicles):
    """A search in which each vehicle serves the stops of the given numbers."""
    part = search.parts[0]
    for node in range(1, part.stops + 1):
        search.cost += unlink(part, node)
    node_of = {int(stop): node for node, stop in enumerate(search.layout.stop_of, 1)}
    for route, stops in enumerate(vehicles):
        before = part.stops + 1
        for stop in stops:
            search.cost += link(part, node_of[stop], before, route)
            before = node_of[stop]
    return [node_of[stop] for stops in vehicles for stop in stops]


def test_two_full_vehicles_exchange_the_stops_that_each_has_in_the_others_town():
    search = begun(two_towns(capacity=3))
    nodes = served_by(search, [[0, 1, 5], [3, 4, 2]])
    before = cost(search)
    dearer = chain(search.parts[0], nodes[2], 0.0)
    assert dearer == cost(search) - before < 0
    assert cost(search) == 2 * (50 + 10 + 51)


def test_a_stop_that_is_where_it_is_best_stays():
    search = begun(two_towns(capacity=3))
    nodes = served_by(search, [[0, 1, 2], [3, 4, 5]])
    before = search.parts[0].node.copy()
    assert [chain(search.parts[0], node, 0.0) for node in nodes] == [0] * 6
    assert (search.parts[0].node[:7, : ROUTE + 5] == before[:7, : ROUTE + 5]).all()


def test_a_stop_left_out_begins_no_chain():
    search = begun(two_towns(capacity=2))
    part = search.parts[0]
    left_out = [node for node in range(1, 7) if part.node[node, ROUTE] < 0]
    assert left_out
    assert [chain(part, node, 1e9) for node in left_out] == [0] * len(left_out)
