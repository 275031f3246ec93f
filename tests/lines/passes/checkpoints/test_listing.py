"""A device carries the passes it may look up."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints import listing
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


def test_only_valid_passes_are_listed_and_no_names(world: World) -> None:
    valid = make_pass(world, Status.ISSUED)
    make_pass(world, Status.REVOKED)
    make_pass(world, Status.APPLIED)
    rows, listed = listing.list_issued(None)
    assert [row[0] for row in rows] == [valid.number] and listed == valid.decided_at
    assert rows[0][1:3] == [valid.plate, "yellow"] and len(rows[0]) == 9


def test_all_come_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    begun = clock.now() - timedelta(hours=2)
    made = [make_pass(world, Status.ISSUED, decided_at=begun + timedelta(minutes=n)) for n in range(8)]
    seen, since = set(), None
    for _ in range(5):
        rows, since = listing.list_issued(since)
        seen |= {row[0] for row in rows}
    assert seen == {one.number for one in made}
