import numpy as np
import pytest

from bihuan.engines.routing import Budget, Coordinates, Plan, Problem, Stop, Vehicle, check
from bihuan.engines.routing.legs import tables
from tests.bench import bench_routing, routing_child, routing_peers

pytestmark = pytest.mark.once


def town(**vehicle: int) -> Problem:
    places = [(0, 0), (3, 4), (30, 11), (7, 2), (13, 40)]
    stops = tuple(
        Stop(name=str(k), place=k, demand=(2,), windows=((0, 900),), service_s=5) for k in range(1, 5)
    )
    travel = Coordinates(x=tuple(x for x, _ in places), y=tuple(y for _, y in places), times=10, is_cut=True)
    shape = {"count": 4, **vehicle}
    fleet = Vehicle(name="van", capacity=(4,), shift=(0, 5000), **shape)
    return Problem(stops=stops, vehicles=(fleet,), travel=travel)


def asked(problem: Problem, told: list[int]) -> routing_peers.Ask:
    return routing_peers.Ask(problem, 0.3, 1, 1, Budget(seconds=1).clock, told.append)


def test_rows_are_those_of_the_engines_own_table() -> None:
    problem = town()
    whole = tables(problem, [(place, -1) for place in range(5)])[0]
    assert np.array_equal(np.array(list(routing_peers.legs_from(problem))), whole)


@pytest.mark.parametrize("free", [1000.0, 0.0], ids=["by a table", "leg by leg"])
def test_ortools_breaks_no_rule_whatever_memory_there_is(
    monkeypatch: pytest.MonkeyPatch, free: float
) -> None:
    monkeypatch.setattr(routing_peers, "free_gb", lambda: free)
    told: list[int] = []
    (plan,) = routing_peers.ortools(asked(town(), told))
    assert check(town(), plan) == []
    assert min(told) == plan.cost


def test_a_peer_that_needs_more_memory_than_there_is_says_how_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing_peers, "free_gb", lambda: 0.0)
    assert routing_peers.why_not("pyvrp", town()).startswith("needs about ")
    assert routing_peers.why_not("ours", town()) == ""


def test_several_trips_are_more_than_ortools_can_express() -> None:
    assert routing_peers.why_not("ortools", town(trips=3)).startswith("cannot express")
    assert routing_peers.why_not("pyvrp", town(trips=3)) == ""


def test_a_solver_that_is_missing_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routing_peers, "find_spec", lambda name: None)
    assert routing_peers.why_not("vroom", town()) == "not installed"


def test_the_end_of_a_process_is_told_in_words() -> None:
    assert routing_child.why_none(-14, 20) == "none within 40 s"
    assert routing_child.why_none(0, 20) == "none within 20 s"
    assert "memory" in routing_child.why_none(-9, 20)


def test_a_plan_that_breaks_a_rule_is_no_answer() -> None:
    found = bench_routing.figures(town(), 100, [routing_child.Answer(Plan(), 1.0, 0.1)])
    assert found["gap"] is None
    assert found["why"].startswith("its plan breaks")
