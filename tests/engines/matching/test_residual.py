import numpy as np
from hypothesis import given, settings

from bihuan.engines.matching import Plan, Problem, cost_of
from bihuan.engines.matching.flow import Arcs, cheapest_flow
from bihuan.engines.matching.residual import cancel, prices, rows_of
from bihuan.engines.matching.tiers import Slices
from tests.engines.matching.made import least_cost_by_networkx, problems


def solved(problem: Problem, which: np.ndarray) -> tuple[Arcs, np.ndarray]:
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    arcs = Arcs.of(problem, slices, problem.links.cost_m, which)
    return arcs, cheapest_flow(problem, slices, arcs)


def rows(problem: Problem, arcs: Arcs) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return rows_of(len(problem.offers) + len(problem.needs) + 2, arcs.tail, arcs.head)


@settings(max_examples=50, deadline=None)
@given(problems(is_flow=True))
def test_at_the_prices_no_arc_with_room_pays(problem: Problem) -> None:
    arcs, units = solved(problem, np.arange(len(problem.links)))
    price = prices(rows(problem, arcs), arcs.capacity, arcs.cost_m, units)
    gain = price[arcs.head] - price[arcs.tail] - arcs.cost_m
    assert (gain[units < arcs.capacity] <= 0).all()
    assert (gain[units > 0] >= 0).all()


@settings(max_examples=50, deadline=None)
@given(problems(is_flow=True))
def test_links_that_are_added_later_are_mended_in_exactly(problem: Problem) -> None:
    count = len(problem.links)
    arcs, units = solved(problem, np.arange(count // 2))
    price = prices(rows(problem, arcs), arcs.capacity, arcs.cost_m, units)
    slices = Slices.of(problem, problem.aims.tiers, problem.shortage_m)
    whole = Arcs.of(problem, slices, problem.links.cost_m, np.arange(count))
    units = np.insert(units, count // 2, np.zeros(count - count // 2, np.int64))
    fresh = np.arange(count // 2, count)
    cancel(rows(problem, whole), whole.tail, whole.head, whole.capacity, whole.cost_m, units, price, fresh)
    assert cost_of(problem, Plan.along(problem, units[:count])) == least_cost_by_networkx(problem)


def test_rows_hold_each_arc_at_either_end() -> None:
    first, to, arc = rows_of(3, np.array([0, 1]), np.array([1, 2]))
    assert first.tolist() == [0, 1, 3, 4]
    assert (to.tolist(), arc.tolist()) == ([1, 0, 2, 1], [0, -1, 1, -2])
