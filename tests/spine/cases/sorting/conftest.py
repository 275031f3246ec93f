"""An administrator, two rules in force, and the city in memory drawn anew."""

from collections.abc import Iterator

import pytest

from bihuan.spine.accounts.models import User
from bihuan.spine.accounts.roles import write_roles
from bihuan.spine.cases.models import Edition
from bihuan.spine.cases.sorting import editions
from bihuan.spine.places.queries import forget
from tests.spine.cases.known import World, make_rule, make_user


@pytest.fixture(autouse=True)
def _fresh_city() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def ada(world: World) -> User:
    return make_user("ada", write_roles()["administrator"], None)


@pytest.fixture
def ruled(world: World) -> World:
    make_rule(1, world.water, words=["水", "water"])
    make_rule(2, world.grid, service=world.service)
    return world


@pytest.fixture
def draft(ruled: World, ada: User) -> Edition:
    return editions.begin_draft(by=ada)
