"""A device carries the passes it may look up."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes import holding
from bihuan.lines.passes.checkpoints import listing
from bihuan.lines.passes.states import Status
from tests.lines.passes.known import make_desk, make_pass
from tests.spine.cases.known import World


def test_only_valid_passes_are_listed_and_no_names(world: World) -> None:
    valid = make_pass(world, Status.ISSUED)
    make_pass(world, Status.REVOKED)
    make_pass(world, Status.APPLIED)
    listed = listing.list_issued(None)
    rows = listed.rows
    assert [row[0] for row in rows] == [valid.number] and listed.until and valid.decided_at
    assert not listed.is_more and rows[0][1:3] == [valid.plate, "yellow"] and len(rows[0]) == 9


def test_all_come_page_by_page(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    begun = clock.now() - timedelta(hours=2)
    made = [make_pass(world, Status.ISSUED, decided_at=begun + timedelta(minutes=n)) for n in range(8)]
    seen: set[str] = set()
    listed = listing.Listed([], None, is_more=True)
    while listed.is_more:
        listed = listing.list_issued(listed.until)
        seen |= {row[0] for row in listed.rows}
    assert seen == {one.number for one in made}


def test_a_pass_that_was_extended_is_told_anew_and_once(world: World) -> None:
    make_desk(world)
    hours = [timedelta(hours=n) for n in range(30)]
    now = clock.now()
    made = make_pass(world, Status.ISSUED, decided_at=now - hours[9], valid_until=now + hours[2])
    with clock.running(lambda: now - hours[1]):
        holding.extend(pass_=made, until=now + hours[9], by=world.ben)
    rows = listing.list_issued(now - hours[3]).rows
    assert [(row[0], row[6]) for row in rows] == [(made.number, 2)]
    assert listing.list_issued(now).rows == []
