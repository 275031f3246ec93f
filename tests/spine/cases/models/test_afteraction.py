"""How far a report is."""

import pytest

from bihuan.spine.cases.models.afteraction import Report
from tests.spine.cases.known import NOON


@pytest.mark.parametrize(("counted", "percent"), [(0, 0), (1, 33), (2, 66), (3, 99), (5, 99)])
def test_a_report_is_not_whole_until_it_is_done(counted: int, percent: int) -> None:
    assert Report(total=3, counted=counted).percent == percent


def test_a_report_that_is_done_or_has_nothing_to_count_is_whole() -> None:
    assert Report(total=3, counted=2, done_at=NOON).percent == 100
    assert Report(total=0).percent == 100
