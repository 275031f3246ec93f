"""Many problems at once: each district by itself, on the cores at hand or on a cluster that is already there."""

from collections.abc import Sequence

from joblib import Parallel, delayed

from bihuan.engines.matching.plan import Plan
from bihuan.engines.matching.problem import Problem
from bihuan.engines.matching.solve import solve


def solve_each(
    problems: Sequence[Problem], *, seconds: float = 10.0, seed: int = 0, jobs: int = 2
) -> list[Plan]:
    """Return the best plan of each problem, in their order; the same plans wherever they are made.

    Notes
    -----
    The work goes through joblib: inside ``with joblib.parallel_config("dask")`` or ``("ray")`` the cluster that
    is registered there carries it, and ``jobs`` is what the cluster has.
    """
    plans: list[Plan] = Parallel(n_jobs=jobs)(
        delayed(solve)(problem, seconds=seconds, seed=seed) for problem in problems
    )
    return plans
