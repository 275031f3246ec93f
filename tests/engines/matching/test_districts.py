import joblib
import pytest

from bihuan.engines.matching import Plan, solve
from bihuan.engines.matching.districts import solve_each
from tests.engines.matching.made import scattered

DISTRICTS = [scattered(20, 20, 8, seed) for seed in range(9)]


def rows(plans: list[Plan]) -> list[list[list[int]]]:
    return [[plan.offer.tolist(), plan.need.tolist(), plan.quantity.tolist()] for plan in plans]


def test_each_district_is_solved_in_its_place() -> None:
    assert rows(solve_each(DISTRICTS, jobs=1)) == rows([solve(district) for district in DISTRICTS])


@pytest.mark.slow
def test_a_cluster_carries_the_districts() -> None:
    distributed = pytest.importorskip("distributed")
    here = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
    )
    with here, distributed.Client(here) as client, joblib.parallel_config("dask"):
        plans = solve_each(DISTRICTS)
        assert len(client.scheduler_info()["workers"]) == 2
    assert rows(plans) == rows(solve_each(DISTRICTS, jobs=1))
