"""The known people, for the tests of paper."""

import pytest

from tests.spine.cases.known import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
