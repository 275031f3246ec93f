"""What the page of accuracy tells."""

from bihuan.spine.cases.learning.reporting import accuracy
from bihuan.spine.cases.learning.training import train
from tests.spine.cases.known import World
from tests.spine.cases.learning.test_training import close_cases


def test_without_a_training_it_says_how_many_there_are_and_how_many_are_needed(world: World) -> None:
    close_cases(world, 5)
    found = accuracy()
    assert (found.reports, found.closed, found.is_too_little) == ((), 5, True)


def test_each_service_is_named_with_its_counts_and_small_numbers_are_flagged(world: World) -> None:
    close_cases(world, 60)
    train(fewest_cases=50)
    report = accuracy().reports[0]
    assert sum(row.held for row in report.rows) == report.learnt.held_back
    assert sum(row.first for row in report.rows) == report.learnt.right_first
    assert all(row.is_small for row in report.rows)
    assert report.is_small
