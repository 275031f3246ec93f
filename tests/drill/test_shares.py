"""Sharing out loses nobody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bihuan.drill.shares import share_out

pytestmark = pytest.mark.once

weights = st.lists(st.floats(0.01, 1000), min_size=1, max_size=40)


@given(st.integers(0, 10_000_000), weights)
def test_the_parts_add_up_to_the_whole(total: int, by: list[float]) -> None:
    parts = share_out(total, by)
    assert sum(parts) == total
    assert min(parts) >= 0


@given(st.integers(0, 10_000_000), weights)
def test_no_part_is_a_whole_person_away_from_its_exact_share(total: int, by: list[float]) -> None:
    exact = [total * weight / sum(by) for weight in by]
    assert all(abs(part - share) < 1.001 for part, share in zip(share_out(total, by), exact, strict=True))
