"""Endpoints and Events for the tests of webhooks."""

from typing import Any

from bihuan.spine.audit.sealing import seal_all
from bihuan.spine.cases import actions
from bihuan.spine.cases.models import Case
from bihuan.spine.messages.models import Delivery, Endpoint
from bihuan.spine.messages.webhooks import feeding, switching
from tests.spine.cases.known import World, make_case

URL = "https://peer.example/hook"


def add(world: World, url: str = URL, **said: Any) -> Endpoint:
    """An endpoint that hears of what happens from now on."""
    endpoint, _ = switching.add(by=world.max, url=url, **said)
    fed()
    return endpoint


def fed() -> int:
    seal_all()
    return feeding.feed()


def accepted(world: World) -> Case:
    return actions.accept(case=make_case(world), by=world.ben)


def kinds(endpoint: Endpoint) -> list[str]:
    return list(Delivery.objects.filter(endpoint=endpoint).order_by("id").values_list("kind", flat=True))
