"""The small city of the known people."""

import pytest

from tests.spine.cases.known import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
