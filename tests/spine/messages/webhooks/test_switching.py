"""Endpoints made, changed, switched."""

import pytest

from bihuan.kernel import clock
from bihuan.kernel.errors import Refused
from bihuan.kernel.private import unseal
from bihuan.spine.audit.models import Event
from bihuan.spine.messages.models import Delivery, Endpoint
from bihuan.spine.messages.webhooks import switching
from tests.spine.cases.known import World, make_world
from tests.spine.messages.webhooks.made import URL, add


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_a_secret_is_given_once_and_lies_sealed(world: World) -> None:
    endpoint, secret = switching.add(by=world.max, url=URL)
    assert unseal(endpoint.secret_sealed) == secret and secret.encode() not in bytes(endpoint.secret_sealed)
    assert Event.objects.get(verb="webhook_added").actor == world.max


@pytest.mark.parametrize(
    ("said", "field"),
    [({"url": "http://peer.example"}, "url"), ({"url": URL, "kinds": ["case.dance"]}, "kinds")],
)
def test_what_can_not_be_told_is_refused_at_its_field(
    world: World, said: dict[str, object], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        switching.add(by=world.max, **said)  # type: ignore[arg-type]
    assert refused.value.field == field and not Endpoint.objects.exists()


def test_switching_twice_is_done_once(world: World) -> None:
    endpoint = add(world)
    assert switching.switch_off(endpoint, switching.BY_HAND, world.max)
    assert not switching.switch_off(endpoint, switching.BY_HAND, world.max)
    assert switching.switch_on(endpoint=endpoint, by=world.max)
    assert not switching.switch_on(endpoint=endpoint, by=world.max)


def test_switched_on_again_what_waited_is_due_now(world: World) -> None:
    endpoint = add(world)
    delivery = switching.ping(endpoint)
    Delivery.objects.update(due_at=clock.now() + clock.lasting(9_999))
    switching.switch_off(endpoint, switching.SILENT)
    switching.switch_on(endpoint=endpoint, by=world.max)
    delivery.refresh_from_db()
    assert delivery.due_at <= clock.now()


def test_what_was_given_up_goes_out_again_under_its_id(world: World) -> None:
    endpoint = add(world)
    failed, taken = switching.ping(endpoint), switching.ping(endpoint)
    Delivery.objects.filter(pk=failed.pk).update(status="failed", attempts=10)
    Delivery.objects.filter(pk=taken.pk).update(status="sent")
    assert switching.resend_failed(endpoint=endpoint, by=world.max) == 1
    switching.resend(delivery=taken, by=world.max)
    assert set(Delivery.objects.values_list("status", "attempts")) == {("waiting", 0)}
