"""One database with doors over it for all the tests that break something."""

from collections.abc import Iterator

import pytest

from tests.faults.doors import Nursery, nursery
from tests.made import tabled_database


@pytest.fixture(scope="session")
def doors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    """Start doors over the database of this pass."""
    folder = tmp_path_factory.mktemp("doors")
    with tabled_database(folder) as url, nursery(folder, url) as found:
        yield found
