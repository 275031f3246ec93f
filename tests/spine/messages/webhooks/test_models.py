"""What the table of deliveries never holds twice."""

import pytest
from django.db import IntegrityError

from bihuan.spine.messages.models import Delivery
from tests.spine.cases.known import make_world
from tests.spine.messages.webhooks.made import accepted, add, fed


@pytest.mark.django_db
def test_an_event_is_told_an_endpoint_once() -> None:
    world = make_world()
    add(world)
    accepted(world)
    fed()
    delivery = Delivery.objects.latest("id")
    delivery.pk = None
    with pytest.raises(IntegrityError):
        delivery.save(force_insert=True)
