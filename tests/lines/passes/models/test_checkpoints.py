"""What the database itself holds to at checkpoints."""

import pytest
from django.db import IntegrityError

from bihuan.kernel import clock
from bihuan.lines.passes.checkpoints.taking import take_in_scans
from bihuan.lines.passes.models import Alarm, Device, HaltEdition, Scan
from tests.lines.passes.checkpoints.known import Telephone, make_telephone
from tests.spine.cases.known import World


@pytest.fixture
def phone(world: World) -> Telephone:
    made = make_telephone(world)
    take_in_scans(device=made.device, papers=[made.paper(reason="other_plate", outcome="turned")])
    return made


def test_a_device_is_called_by_its_name(phone: Telephone) -> None:
    assert str(phone.device) == "telephone"


def test_an_enrolled_device_has_a_key_and_no_word_any_more(phone: Telephone) -> None:
    with pytest.raises(IntegrityError):
        Device.objects.filter(pk=phone.device.pk).update(public=None)


def test_one_alarm_of_a_kind_for_a_scan(phone: Telephone) -> None:
    with pytest.raises(IntegrityError):
        Alarm.objects.create(kind="plate", number="1", scan=Scan.objects.get(), raised_at=clock.now())


def test_a_closed_alarm_says_who_closed_it(phone: Telephone) -> None:
    with pytest.raises(IntegrityError):
        Alarm.objects.update(closed_at=clock.now())


def test_there_is_one_edition_of_the_list(db: None) -> None:
    with pytest.raises(IntegrityError):
        HaltEdition.objects.create(pk=2)
