"""Scans come in once, and what they say together is raised once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Alarm, Scan
from bihuan.lines.passes.states import Status
from bihuan.spine.audit.models import Event
from tests.lines.passes.checkpoints.known import Telephone, make_site, make_telephone
from tests.lines.passes.known import make_pass
from tests.spine.cases.known import World


@pytest.fixture
def east(world: World) -> Telephone:
    return make_telephone(world)


@pytest.fixture
def west(world: World) -> Telephone:
    return make_telephone(world, make_site("west", lon=114.2))


def test_a_scan_sent_again_is_there_once_and_answered_the_same(east: Telephone) -> None:
    papers = [east.paper() for _ in range(3)]
    first = take_in_scans(device=east.device, papers=papers)
    again = take_in_scans(device=east.device, papers=papers)
    assert first.ids == again.ids and Scan.objects.count() == 3
    assert Event.objects.filter(verb="scans_taken").count() == 1


def test_the_signed_text_is_kept_as_it_came(east: Telephone) -> None:
    paper = east.paper()
    take_in_scans(device=east.device, papers=[paper])
    kept = Scan.objects.get()
    assert (kept.record, bytes(kept.signature or b"").decode()) == (paper.record, paper.signature)
    assert (kept.site_id, kept.plate) == (east.device.site_id, "湘B12345")


def test_one_that_can_not_be_read_does_not_hold_up_the_others(east: Telephone, west: Telephone) -> None:
    taken = take_in_scans(device=east.device, papers=[east.paper(), west.paper(), east.paper(how="x")])
    assert taken.refused == {1: "signature", 2: "record"} and len(taken.ids) == 1


def test_the_id_of_another_devices_scan_is_not_taken(east: Telephone, west: Telephone) -> None:
    same = str(uuid4())
    take_in_scans(device=east.device, papers=[east.paper(id=same)])
    assert take_in_scans(device=west.device, papers=[west.paper(id=same)]).ids == []


def test_the_same_scan_twice_in_one_batch_is_one(east: Telephone) -> None:
    paper = east.paper()
    take_in_scans(device=east.device, papers=[paper, paper])
    assert Scan.objects.count() == 1


def test_the_desk_knows_what_still_waits(east: Telephone) -> None:
    take_in_scans(device=east.device, papers=[], waiting=12)
    east.device.refresh_from_db()
    assert east.device.waiting == 12


def test_a_copied_code_far_away_raises_one_alarm_however_often_it_is_sent(
    east: Telephone, west: Telephone
) -> None:
    take_in_scans(device=east.device, papers=[east.paper()])
    far = west.paper(at=clock.now() + timedelta(minutes=10))
    for _ in range(2):
        take_in_scans(device=west.device, papers=[far])
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.scan.site.code) == ("travel", "west")


def test_a_scan_that_comes_in_late_is_compared_with_what_came_after_it(
    east: Telephone, west: Telephone
) -> None:
    now = clock.now()
    take_in_scans(device=west.device, papers=[west.paper(at=now)])
    take_in_scans(device=east.device, papers=[east.paper(at=now - timedelta(hours=5))])
    alarm = Alarm.objects.get()
    assert (alarm.kind, alarm.scan.site.code) == ("clone", "west")
    assert alarm.before and alarm.before.site.code == "east"


def test_what_was_halted_before_it_was_let_through_is_an_alarm(world: World, east: Telephone) -> None:
    halted = make_pass(world, Status.REVOKED, halted_at=clock.now() - timedelta(hours=1))
    seen = east.paper(number=halted.number)
    before = east.paper(number=halted.number, at=clock.now() - timedelta(hours=2))
    take_in_scans(
        device=east.device, papers=[before, seen, east.paper(number=halted.number, outcome="turned")]
    )
    assert [alarm.kind for alarm in Alarm.objects.all()] == ["halted"]


def test_nothing_believable_read_raises_nothing(east: Telephone, west: Telephone) -> None:
    for phone in (east, west):
        unread = phone.paper(number="", serial="", reason="forged", light="refuse")
        take_in_scans(device=phone.device, papers=[unread])
    assert not Alarm.objects.exists()
