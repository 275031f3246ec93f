"""An alarm is looked into once, by a supervisor."""

import pytest

from bihuan.kernel.errors import Conflict, Forbidden
from bihuan.lines.passes.checkpoints.closing import close_alarm
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Alarm
from tests.lines.passes.checkpoints.known import make_telephone
from tests.spine.cases.known import World


@pytest.fixture
def alarm(world: World) -> Alarm:
    phone = make_telephone(world)
    take_in_scans(device=phone.device, papers=[phone.paper(reason="other_plate", outcome="turned")])
    return Alarm.objects.get()


def test_who_is_second_is_told(world: World, alarm: Alarm) -> None:
    assert close_alarm(alarm=alarm, by=world.sam).closed_by == world.sam
    with pytest.raises(Conflict):
        close_alarm(alarm=alarm, by=world.sam)


def test_an_officer_closes_none(world: World, alarm: Alarm) -> None:
    with pytest.raises(Forbidden):
        close_alarm(alarm=alarm, by=world.ben)
