"""The small city with a grid office that works with a server of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from bihuan.kernel import clock
from bihuan.lines.abroad import linking
from bihuan.lines.abroad.models import Link
from bihuan.spine.cases.models import Case
from tests.faces.desk.conftest import sign_in
from tests.lines.abroad import peer as played
from tests.lines.abroad.peer import Peer
from tests.spine.cases.known import World, make_case, make_world

__all__ = ["sign_in"]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def peer(settings: Any) -> Iterator[Peer]:
    settings.BIHUAN_PRIVATE_TARGETS = True
    with played.playing() as peer:
        yield peer


@pytest.fixture
def link(world: World, peer: Peer) -> Link:
    made = linking.add(by=world.max, agency=world.grid, url=peer.url, key="k-1")
    linking.put_code(link=made, by=world.max, service=world.service, code="POT", attributes="where: =road")
    return made


@pytest.fixture
def case(world: World, link: Link) -> Case:
    return handed(world)


def handed(world: World) -> Case:
    """A Case that waits at the grid office."""
    return make_case(world, handed_at=clock.now(), place="Main Street 1", agency=world.grid)
