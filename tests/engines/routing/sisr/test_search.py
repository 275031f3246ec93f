import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.routing import Budget, Coordinates, Problem, Stop, Vehicle, baseline, check
from bihuan.engines.routing.inserting import sound
from bihuan.engines.routing.sisr.search import Search, run
from bihuan.engines.routing.stopping import Watch
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import problems

pytestmark = pytest.mark.slow


def city(stops: int, **vehicle: object) -> Problem:
    spots = [(k * 7919 % 1_009, k * 104_729 % 1_013) for k in range(stops + 1)]
    van = Vehicle(**{"name": "van", "capacity": (20,), "count": stops} | vehicle)
    return Problem(
        stops=tuple(Stop(name=str(k), place=k, demand=(1 + k % 3,)) for k in range(1, stops + 1)), vehicles=(van,),
        travel=Coordinates(x=tuple(x for x, _ in spots), y=tuple(y for _, y in spots)),
    )  # fmt: skip


@tries(60)
@given(problems(), st.integers(1, 2))
def test_no_rule_is_broken_whatever_the_mix(problem, threads):
    plan = run(problem, Watch(Budget(iterations=300)), 1, threads)
    assert check(problem, sound(problem, plan)) == []


@tries(60)
@given(problems())
def test_the_search_counts_what_the_judge_counts(problem):
    search = Search(problem, 1, 1)
    search.begin(baseline(problem))
    search.epoch(100.0, 1.0, 200)
    plan = search.plan(search.snapshot())
    if plan.cost < 10**9:
        assert search.cost == plan.cost


@pytest.mark.parametrize("threads", [1, 2])
def test_the_same_seed_gives_the_same_plan(threads):
    problem = city(300)
    first, second = (run(problem, Watch(Budget(iterations=40_000)), 5, threads) for _ in range(2))
    assert first == second
    assert check(problem, first) == []


def test_more_work_is_never_worse_than_the_start():
    problem = city(300)
    start = run(problem, Watch(Budget(iterations=1)), 1, 1)
    longer = run(problem, Watch(Budget(iterations=100_000)), 1, 1, start)
    assert longer.cost <= start.cost < baseline(problem).cost


def test_several_trips_need_fewer_vehicles():
    problem = city(60, count=2, trips=9, shift=(0, 50_000), reload_s=60)
    assert check(problem, run(problem, Watch(Budget(iterations=2_000)), 1, 2)) == []


def test_seconds_end_it_too():
    said = []
    run(city(50), Watch(Budget(seconds=0.3)), 1, 1, None, lambda share, cost: said.append(share))
    assert said[-1] == 1.0
