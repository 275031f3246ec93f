"""Many districts at once, each a problem of its own, by joblib: on this machine's cores, or on a cluster already there.

Within ``joblib.parallel_config(backend="dask")`` (or ``"ray"``) the same call is carried by that cluster.
"""

from collections.abc import Sequence

from joblib import Parallel, delayed

from .plan import Plan
from .problem import Problem
from .solve import solve
from .stopping import Stop


def solve_districts(
    problems: Sequence[Problem], stop: Stop, seed: int = 0, jobs: int | None = None
) -> list[Plan]:
    """Return a plan for each problem, in order; each has the whole budget, one thread, and a seed of its own."""
    work = (delayed(solve)(problem, stop, seed + k) for k, problem in enumerate(problems))
    return list(Parallel(n_jobs=jobs)(work))
