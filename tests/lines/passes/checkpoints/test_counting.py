"""What the scans tell a supervisor."""

from datetime import timedelta

import pytest

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints import counting
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.states import Status
from tests.lines.passes.checkpoints.known import Telephone, make_telephone
from tests.lines.passes.known import make_pass
from tests.lines.passes.seal.known import NOW
from tests.spine.cases.known import World


@pytest.fixture
def phone(world: World) -> Telephone:
    return make_telephone(world)


def test_scans_are_counted_by_hour_and_by_how_they_ended(phone: Telephone) -> None:
    said = [
        ("in", "let", 0),
        ("in", "let", 65),
        ("out", "let", 65),
        ("in", "turned", 65),
        ("in", "let", 60 * 30),
    ]
    papers = [phone.paper(direction=d, outcome=o, at=NOW - timedelta(minutes=ago)) for d, o, ago in said]
    take_in_scans(device=phone.device, papers=papers)
    (flow,) = counting.list_flows(NOW)
    assert (flow.hours[23], flow.hours[21], flow.total) == (1, 3, 4)
    assert (flow.ins, flow.outs, flow.turned) == (2, 1, 1)


def test_who_came_in_and_did_not_leave_is_inside(world: World, phone: Telephone) -> None:
    now = clock.now()
    over = make_pass(
        world, Status.EXPIRED, valid_from=now - timedelta(days=2), valid_until=now - timedelta(hours=1)
    )
    gone, here = "430202999901", over.number
    at = [now - timedelta(hours=hours) for hours in (5, 4, 3)]
    take_in_scans(
        device=phone.device,
        papers=[phone.paper(number=gone, at=at[0]), phone.paper(number=gone, at=at[1], direction="out"),
                phone.paper(number=here, at=at[2]), phone.paper(number="", at=at[2])],
    )  # fmt: skip
    (scan,) = counting.list_inside()
    assert scan.number == here and scan.valid_until < now  # type: ignore[attr-defined]


def test_open_alarms_are_counted_and_listed(phone: Telephone) -> None:
    take_in_scans(device=phone.device, papers=[phone.paper(reason="other_plate", outcome="turned")])
    assert counting.count_open_alarms() == len(counting.list_open_alarms()) == 1


def test_devices_are_listed_by_checkpoint(phone: Telephone) -> None:
    assert counting.list_devices() == {phone.device.site: [phone.device]}
