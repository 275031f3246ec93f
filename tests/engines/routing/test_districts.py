import joblib
import pytest

from bihuan.engines.routing import Budget, check
from bihuan.engines.routing.districts import solve_districts
from tests.engines.routing.small import line, stop

DISTRICTS = [line(), line(stop(1)), line(stop(2), stop(3))]


def test_each_district_has_its_plan_in_order():
    plans = solve_districts(DISTRICTS, Budget(iterations=20), jobs=1)
    assert [plan.cost for plan in plans] == [800, 200, 600]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_is_there_carries_many_districts_at_once():
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster,
        Client(cluster),
        joblib.parallel_config(backend="dask"),
    ):
        plans = solve_districts(DISTRICTS * 4, Budget(iterations=20))
    assert all(check(problem, plan) == [] for problem, plan in zip(DISTRICTS * 4, plans, strict=True))
