from hypothesis import given

from bihuan.engines.routing import Budget, baseline, check
from bihuan.engines.routing.stopping import Watch
from bihuan.engines.routing.withpyvrp import solve_small
from tests.engines.routing.problems_at_random import problems, tries
from tests.engines.routing.small import line


@tries(25)
@given(problems())
def test_it_can_begin_from_any_plan(problem):
    plan = solve_small(problem, Watch(Budget(iterations=20)), 1, baseline(problem))
    assert check(problem, plan) == []


def test_it_says_how_far_it_is():
    said = []
    solve_small(
        line(), Watch(Budget(iterations=640)), 1, None, lambda share, cost: said.append((share, cost))
    )
    assert said[0] == (0.1, 800)
