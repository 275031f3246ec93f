"""The small city, asked as other machines ask it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.tokens import issue
from bihuan.spine.cases.models import Service
from bihuan.spine.places.models import District, Site
from tests.spine.cases.known import World, make_world

PLACE = {"lat": "27.8274", "long": "113.1325"}
QUESTIONS = [
    {"code": "depth", "kind": "number", "zh": "深度", "en": "How deep", "required": True},
    {
        "code": "shape", "kind": "singlevaluelist", "zh": "形状", "en": "Which shape", "required": False,
        "choices": [{"key": "circle", "zh": "圆", "en": "Circle"}, {"key": "square", "zh": "方", "en": "Square"}],
    },
    {
        "code": "seen", "kind": "multivaluelist", "zh": "看见", "en": "What was seen", "required": False,
        "choices": [{"key": "water", "zh": "水", "en": "Water"}, {"key": "mud", "zh": "泥", "en": "Mud"}],
    },
]  # fmt: skip


@dataclass
class Machine:
    """Another city's program; ``key`` is its api_key."""

    client: Client
    key: str

    def get(self, path: str, **said: str) -> Any:
        return self.client.get(f"/open311/v2/{path}", said)

    def post(self, path: str = "requests.json", **said: Any) -> Any:
        return self.client.post(f"/open311/v2/{path}", {"api_key": self.key, **said})


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    world.service.questions = []
    world.service.save()
    return world


@pytest.fixture
def pothole(world: World) -> Service:
    """The service of the adapter's own tests, with its questions."""
    return Service.objects.create(
        code="POT", name_zh="路面坑洞", name_en="Pothole Repairs", group="highways", questions=QUESTIONS,
        keywords=["deep", "hole"], about_en="Pothole Repairs Service", about_zh="补路",
    )  # fmt: skip


@pytest.fixture
def site(world: World) -> Site:
    district = District.objects.create(code="430204", name_zh="石峰区", name_en="Shifeng", level="county")
    return Site.objects.create(
        code="site-1",
        kind="compound",
        name_zh="一号院",
        name_en="Yard One",
        district=district,
        lon=113.1,
        lat=27.9,
    )


@pytest.fixture
def machine_of(world: World) -> Callable[[User], Machine]:
    def make(user: User) -> Machine:
        client = Client(headers={"accept-language": "en"}, enforce_csrf_checks=True)
        return Machine(client, issue(user, "open311"))

    return make


@pytest.fixture
def machine(machine_of: Callable[[User], Machine], world: World) -> Machine:
    return machine_of(world.dan)
