"""The small city, a desk for medical goods at Ben's agency, and the known people signed in."""

import pytest

from bihuan.lines.passes.models import Desk, Pass
from tests.faces.desk.conftest import sign_in
from tests.lines.passes.known import make_application, make_county, make_desk
from tests.spine.cases.known import World, make_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    world = make_world()
    make_county()
    return world


@pytest.fixture
def desk(world: World) -> Desk:
    return make_desk(world)


@pytest.fixture
def applied(desk: Desk) -> Pass:
    return make_application()
