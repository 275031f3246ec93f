"""The live stream follows the sealed order."""

import pytest

from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.queries import LiveRecord, after, newest_position
from bihuan.spine.audit.sealing import seal_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sealed():
    for number in range(1, 6):
        record(by=SYSTEM, verb="opened", subject=("case", number), case_id=number, agency_id=3)
    seal_once()
    record(by=SYSTEM, verb="opened", subject=("case", 9), case_id=9)


def test_it_tells_what_was_sealed_after_a_position_in_order():
    assert after(3) == [LiveRecord(4, "opened", 4, 3), LiveRecord(5, "opened", 5, 3)]


def test_it_tells_nothing_of_what_is_not_sealed():
    assert after(newest_position()) == []


def test_it_tells_no_more_than_asked():
    assert [found.position for found in after(0, limit=2)] == [1, 2]


def test_it_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        after(0)
