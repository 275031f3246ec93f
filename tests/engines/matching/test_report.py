import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.engines.matching import Plan, Report, gini
from tests.engines.matching.made import plain


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30))
def test_gini_is_half_the_mean_difference_by_the_mean(shares: list[float]) -> None:
    x = np.array(shares)
    assert gini(x) == pytest.approx(np.abs(x[:, None] - x[None, :]).mean() / 2 / x.mean(), abs=1e-9)


def test_where_all_have_nothing_all_are_equal() -> None:
    assert gini(np.zeros(3)) == 0.0


def test_a_report_counts_what_a_plan_comes_to() -> None:
    problem = plain([10, 4], [4, 8, 0], [[7, 3, 1], [1, 1, 1]], keeps_s=[3600, 10**9])
    plan = Plan(np.array([0]), np.array([1]), np.array([6]))
    report = Report.on(problem, plan)
    assert (report.served, report.with_nothing, report.least) == (0.5, 1, 0.0)
    assert (report.transport_m, report.wasted, report.left, report.matches) == (18, 4, 8, 1)


def test_the_price_of_fairness_is_the_share_by_which_transport_is_dearer() -> None:
    problem = plain([10], [4, 8], [[7, 3]])
    one = Report.on(problem, Plan(np.array([0]), np.array([0]), np.array([3])))
    other = Report.on(problem, Plan(np.array([0]), np.array([1]), np.array([6])))
    assert one.price_over(other) == pytest.approx(21 / 18 - 1)
    nothing = Report.on(problem, Plan(*np.empty((3, 0), np.int64)))
    assert one.price_over(nothing) == 0.0
