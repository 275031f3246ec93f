"""The supervisor's page."""

import re

import pytest
from django.test import Client

from bihuan.lines.passes.checkpoints.supervising import HEIGHT, draw
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Alarm, Device
from tests.lines.passes.checkpoints.known import Telephone, make_site, make_telephone
from tests.spine.cases.known import World


@pytest.fixture
def sam(world: World, client: Client) -> Client:
    client.force_login(world.sam)
    return client


@pytest.fixture
def phone(world: World) -> Telephone:
    made = make_telephone(world)
    take_in_scans(
        device=made.device, papers=[made.paper(), made.paper(reason="other_plate", outcome="turned")]
    )
    return made


def test_alarms_counts_and_devices_stand_on_one_page(sam: Client, phone: Telephone) -> None:
    page = sam.get("/passes/checkpoints/").content.decode()
    assert "号牌不符" in page and "湘B12345" in page and "telephone" in page
    assert "24 小时内查验 2 次" in page


def test_the_code_for_a_device_is_shown_once(sam: Client, world: World) -> None:
    site = make_site()
    page = sam.post("/passes/checkpoints/invite/", {"site": site.pk, "name": "gate"}).content.decode()
    letters = re.search(r'road__letters">([A-Z2-7 ]+)<', page)
    assert letters and len(letters[1].replace(" ", "")) == 24 and "<svg" in page
    assert letters[1] not in sam.get("/passes/checkpoints/").content.decode()


@pytest.mark.parametrize("site", ["", "x", "999", "9" * 20])
def test_a_checkpoint_must_be_chosen(sam: Client, site: str) -> None:
    assert sam.post("/passes/checkpoints/invite/", {"site": site, "name": "gate"}).status_code == 422
    assert not Device.objects.exists()


def test_a_device_is_blocked_and_an_alarm_closed(sam: Client, phone: Telephone) -> None:
    alarm = Alarm.objects.get()
    sam.post(f"/passes/checkpoints/devices/{phone.device.pk}/block/")
    sam.post(f"/passes/checkpoints/alarms/{alarm.pk}/close/")
    phone.device.refresh_from_db()
    alarm.refresh_from_db()
    assert phone.device.blocked_at and alarm.closed_at


def test_all_checkpoints_are_drawn_on_one_scale() -> None:
    bars = draw([0, 5, 10], 10)
    assert [bar.height for bar in bars] == [0, HEIGHT / 2, HEIGHT]
    assert [bar.height for bar in draw([0, 0], 0)] == [0, 0]
