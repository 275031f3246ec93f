"""A far end on loopback, which only a trial may ask."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.spine.messages import webserver
from tests.spine.messages.webserver import Far


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    settings.BIHUAN_PRIVATE_TARGETS = True
    with webserver.serving() as far:
        yield far
