"""The small city and the known people signed in."""

import pytest

from tests.faces.desk.conftest import sign_in
from tests.spine.cases.known import World, make_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    return make_world()
