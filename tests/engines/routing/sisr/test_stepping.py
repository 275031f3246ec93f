import numpy as np
import pytest
from hypothesis import given

from bihuan.engines.routing.sisr.arrays import OUT_AT, PUT, REMOVED, ROUTE
from bihuan.engines.routing.sisr.stepping import anneal, collect, draw, recreate, ruin, take_back
from tests.engines.routing.problems_at_random import tries
from tests.engines.routing.sisr.worlds import begun, problems

pytestmark = pytest.mark.slow


@tries(50)
@given(problems())
def test_a_step_taken_back_leaves_the_plan_as_it_was(problem):
    part = begun(problem).parts[0]
    for step in range(1, 30):
        part.tally[3] = step
        part.tally[REMOVED] = 0
        before = part.node[:, :OUT_AT].copy()
        ruin(part, 1 + step % part.stops, 5.0)
        recreate(part, collect(part))
        take_back(part)
        served = before[:, ROUTE] >= 0
        assert np.array_equal(before[served], part.node[served, :OUT_AT])
        assert np.array_equal(before[:, ROUTE], part.node[:, ROUTE])


@tries(30)
@given(problems())
def test_cold_steps_only_ever_make_it_cheaper(problem):
    search = begun(problem)
    changes = [anneal(search.parts[0], 1e-9, 1e-9, 1, 3.0)[0] for _ in range(50)]
    assert max(changes) <= 0
    assert search.parts[0].tally[PUT] >= 0


def test_random_numbers_are_spread_evenly_below_one():
    from tests.engines.routing.small import line

    part = begun(line()).parts[0]
    numbers = [draw(part) for _ in range(4_000)]
    assert 0 <= min(numbers) < 0.01 < 0.99 < max(numbers) < 1
    assert abs(np.mean(numbers) - 0.5) < 0.03
