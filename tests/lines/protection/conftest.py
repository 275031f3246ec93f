"""The small city, somebody in care, and the known people signed in."""

import pytest

from bihuan.lines.protection.models import Person
from tests.faces.desk.conftest import sign_in
from tests.lines.protection.known import make_person
from tests.spine.cases.known import World, make_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def person(world: World) -> Person:
    return make_person(world)
