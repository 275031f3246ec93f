import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.matching import Aims
from bihuan.engines.matching.tiers import Slices, shortage_m
from tests.engines.matching.made import plain, slices


@given(st.integers(1, 300), st.integers(1, 40))
def test_the_dearest_slice_is_never_empty(lacking: int, tiers: int) -> None:
    problem = plain([1], [lacking], [[5]], Aims(tiers=tiers))
    cut = Slices.of(problem, tiers, 10)
    assert cut.size.sum() == lacking
    assert cut.cost_m[-1] == 10 * tiers and cut.size[-1] == -(-lacking // tiers)


@given(st.integers(1, 60), st.integers(1, 9), st.data())
def test_shortage_costs_what_it_costs_unit_by_unit(lacking: int, tiers: int, data: st.DataObject) -> None:
    problem = plain([1], [lacking], [[5]], Aims(tiers=tiers))
    received = data.draw(st.integers(0, lacking))
    dear_last = sorted(cost for _, cost, _ in slices(problem))
    assert shortage_m(problem, np.array([received])) == sum(dear_last[: lacking - received])


def test_priority_makes_shortage_dearer() -> None:
    problem = plain([1], [1], [[5]], Aims(tiers=1))
    problem.needs.priority[:] = 3
    assert shortage_m(problem, np.array([0])) == 3 * problem.shortage_m


def test_a_shortage_can_be_laid_down() -> None:
    cut = Slices.exactly(np.array([0, 4]))
    assert (cut.need.tolist(), cut.size.tolist(), cut.cost_m.tolist()) == ([1], [4], [0])
