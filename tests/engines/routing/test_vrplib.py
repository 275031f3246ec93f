from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bihuan.engines.routing import Coordinates, Matrix, Pair, Problem, Stop, Vehicle, baseline, check
from bihuan.engines.routing.vrplib import Unreadable, read_sol, read_vrplib, write_sol, write_vrplib
from tests.engines.routing.small import line

PUBLISHED = [("cvrp-x/X-n120-k6", 13332), ("vrptw-1000/R1_10_5", 504067), ("mtvrptwr/R201R0.25", 14356)]
EXPLICIT = """NAME : e
TYPE : CVRP
DIMENSION : 3
CAPACITY : 5
EDGE_WEIGHT_TYPE : EXPLICIT
EDGE_WEIGHT_FORMAT : FULL_MATRIX
EDGE_WEIGHT_SECTION
0 1 2
3 0 4
5 6 0
DEMAND_SECTION
1 0
2 1
3 1
DEPOT_SECTION
1
-1
EOF
"""


@pytest.mark.parametrize(("name", "cost"), PUBLISHED)
def test_best_known_plans_of_published_problems_are_judged_at_their_published_cost(shared: Path, name, cost):
    folder = shared / "data/benchmarks"
    problem = read_vrplib((folder / f"{name}.vrp").read_text())
    plan = read_sol((folder / f"{name}.sol").read_text(), problem)
    assert plan.cost == cost
    assert check(problem, plan) == []


@settings(max_examples=30, deadline=None)
@given(st.data(), st.booleans(), st.booleans())
def test_what_is_written_is_read_as_it_was(data, is_timed, is_multi):
    number = st.integers(0, 500)
    spots = data.draw(st.lists(st.tuples(number, number), min_size=2, max_size=6))
    scale = 10 if is_timed else 1
    stops = tuple(
        Stop(name=str(k), place=k, demand=(data.draw(number),), service_s=data.draw(number) * scale * is_timed,
             windows=((10, 900),) * is_timed, release_s=data.draw(number) * scale * is_timed)
        for k in range(1, len(spots))
    )  # fmt: skip
    van = Vehicle(
        name="vehicle", capacity=(9,), count=3, trips=len(spots) if is_multi else 1, shift=(0, 10**9)
    )
    travel = Coordinates(
        x=tuple(x for x, _ in spots), y=tuple(y for _, y in spots), times=scale, is_cut=is_timed
    )
    problem = Problem(stops=stops, vehicles=(van,), travel=travel, name="p")
    assert read_vrplib(write_vrplib(problem)) == problem


def test_a_full_matrix_is_read():
    problem = read_vrplib(EXPLICIT)
    assert isinstance(problem.travel, Matrix)
    assert problem.travel.metres[1, 2] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "DIMENSION"),
        (EXPLICIT.replace("CAPACITY : 5", ""), "CAPACITY"),
        (EXPLICIT.replace("EXPLICIT", "GEO"), "GEO is not known here"),
        (EXPLICIT.replace("2 1", "2 x"), "invalid literal"),
    ],
)
def test_what_is_missing_or_wrong_is_named(text, said):
    with pytest.raises(Unreadable, match=said):
        read_vrplib(text)


def test_plans_come_back_as_they_were_with_all_their_trips():
    problem = line(vehicle=Vehicle(name="van", capacity=(1,), trips=4))
    plan = baseline(problem)
    assert " 0 " in write_sol(problem, plan)
    assert read_sol(write_sol(problem, plan), problem) == plan


def test_a_plan_of_strangers_is_refused():
    with pytest.raises(Unreadable, match="names stop 77"):
        read_sol("Route #1: 77", line())


def test_what_vrplib_has_no_word_for_is_refused():
    with pytest.raises(Unreadable, match="pairs"):
        write_vrplib(line(pairs=(Pair(pickup=0, delivery=1),)))
