"""The sealed log as the live stream reads it."""

import pytest

from bihuan.spine.audit.actions import SYSTEM, record
from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.door.live import Record
from bihuan.spine.door.sealed import SealedLog

pytestmark = pytest.mark.django_db


def test_an_empty_log_begins_at_nothing() -> None:
    assert SealedLog().head() == 0
    assert SealedLog().after(0, 10) == []


def test_records_follow_in_their_sealed_order() -> None:
    for number in (7, 8, 9):
        record(by=SYSTEM, verb="opened", subject=("case", number), case_id=number, agency_id=3)
    assert SealedLog().after(0, 10) == []
    seal_all()
    found = list(SealedLog().after(0, 10))
    assert [one.case_id for one in found] == [7, 8, 9]
    assert found[0] == Record(found[0].position, "opened", 7, 3)
    assert SealedLog().head() == found[-1].position
    assert list(SealedLog().after(found[0].position, 1)) == found[1:2]
