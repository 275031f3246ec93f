"""From the audit's sealed order to deliveries."""

import json

import pytest

from bihuan.spine.cases import actions
from bihuan.spine.messages.models import Delivery
from bihuan.spine.messages.webhooks import feeding, switching
from tests.spine.cases.known import World, make_case, make_world
from tests.spine.messages.webhooks.made import accepted, add, fed, kinds


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def test_each_step_of_a_case_is_told_once_and_in_order(world: World) -> None:
    endpoint = add(world)
    accepted(world)
    fed()
    fed()
    assert kinds(endpoint) == ["case.opened", "case.accept"]


def test_a_payload_is_thin_and_says_when_what_and_where(world: World) -> None:
    add(world)
    case = accepted(world)
    fed()
    body = json.loads(Delivery.objects.latest("id").body)
    assert body["type"] == "case.accept" and body["timestamp"].endswith("Z")
    assert body["data"] == {
        "case": case.pk,
        "status": "accepted",
        "agency": "grid",
        "event": body["data"]["event"],
    }


def test_an_endpoint_hears_of_its_agency_and_those_below_and_of_its_kinds(world: World) -> None:
    water, city = add(world, agency=world.water), add(world, agency=world.city, kinds=["case.accept"])
    accepted(world)
    fed()
    assert (kinds(water), kinds(city)) == ([], ["case.accept"])


def test_what_was_before_and_what_is_not_of_a_case_is_not_told(world: World) -> None:
    accepted(world)
    endpoint = add(world)
    actions.note(case=make_case(world), by=world.ben, text="x")
    switching.ping(add(world))
    fed()
    assert kinds(endpoint) == ["case.opened"]


def test_one_that_is_off_hears_nothing_and_later_only_what_comes(world: World) -> None:
    endpoint = add(world)
    switching.switch_off(endpoint, switching.BY_HAND, world.max)
    accepted(world)
    fed()
    switching.switch_on(endpoint=endpoint, by=world.max)
    fed()
    assert kinds(endpoint) == []
    accepted(world)
    fed()
    assert kinds(endpoint) == ["case.opened", "case.accept"]


def test_very_many_events_are_read_in_parts(world: World) -> None:
    endpoint = add(world)
    for _ in range(3):
        accepted(world)
    fed()
    while feeding.feed(limit=2):
        pass
    assert len(kinds(endpoint)) == 6
