"""What the database refuses of quotas and serials."""

import pytest
from django.db import IntegrityError, transaction

from bihuan.kernel import clock
from bihuan.lines.passes.models import Desk, QuotaDay, Serial
from tests.spine.cases.known import World


def test_no_more_are_issued_than_the_quota_says(db: None) -> None:
    row = QuotaDay.objects.create(goods="medical", on=clock.now().date(), quota=2, issued=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuotaDay.objects.filter(pk=row.pk).update(issued=3)


def test_an_area_ends_at_its_last_six_digits(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Serial.objects.create(area="430202", last=1_000_000)


def test_a_class_of_goods_has_one_desk(world: World) -> None:
    Desk.objects.create(goods="medical", agency=world.grid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Desk.objects.create(goods="medical", agency=world.water)
