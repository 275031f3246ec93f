"""What every test may ask for: a database, a real server, a real browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from bihuan.kernel import clock
from tests import browser, made
from tests.city import City, running_city

ROOT = Path(__file__).resolve().parents[1]
ON_POSTGRES = made.is_on_postgres()
BROWSER_FIXTURES = {"chromium", "page"}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "served_city"}
# By the plan of the house nothing in these rooms knows a database.
PURE = {"drill", "engines", "kernel"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser and what is pure; skip what belongs to the other database, and say so."""
    elsewhere = {
        "sqlite_only" if ON_POSTGRES else "postgres_only": "only on SQLite"
        if ON_POSTGRES
        else "only on PostgreSQL"
    }
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if BROWSER_FIXTURES & fixtures:
            item.add_marker(pytest.mark.browser)
        if item.path.relative_to(ROOT / "tests").parts[0] in PURE and not DATABASE_FIXTURES & fixtures:
            item.add_marker(pytest.mark.once)
        for mark, reason in elsewhere.items():
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Let pytest-django begin with the file that is put there for it; the run's folder is removed with all in it."""
    return not ON_POSTGRES


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begin with tables that were made once: to make them anew in each process takes longer than many tests."""
    tables, test = made.made_tables(), connection.settings_dict["TEST"]
    if ON_POSTGRES:
        test["TEMPLATE"] = made.name_of(tables)
    else:
        shutil.copy(tables / made.FILE, test["NAME"])


@pytest.fixture(autouse=True)
def _the_citys_language() -> None:
    """Begin in the city's own language: a request of the test before may have left another one behind."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _the_clock_is_put_back() -> Iterator[None]:
    """Fail the test that leaves another clock in force: it would make a later one fail, and not be found."""
    before = clock._clock
    yield
    left, clock._clock = clock._clock, before
    # Two threads that each set the clock put it back in any order.
    assert left is before, "a clock was left in force after the test"


@pytest.fixture(autouse=True, scope="session")
def _audit_can_be_emptied_between_tests() -> Iterator[None]:
    """Let the emptying of tables after a test with real transactions pass the audit's triggers, and only that."""
    with pytest.MonkeyPatch.context() as patch:
        plain = TransactionTestCase._fixture_teardown

        def teardown(self: TransactionTestCase) -> None:
            with append_only_suspended():
                plain(self)

        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@contextmanager
def append_only_suspended() -> Iterator[None]:
    """Take the audit's triggers away for a while; a test that itself took one away gets it back too."""
    from bihuan.spine.audit import append_only

    append_only.remove(connection)
    try:
        yield
    finally:
        append_only.install(connection)


@pytest.fixture(scope="session")
def on_postgres() -> bool:
    """Whether this pass runs on PostgreSQL."""
    return ON_POSTGRES


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the clone."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published test material; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("BIHUAN_SHARED") or ROOT.parent / "shared").resolve()
    if not folder.is_dir():
        pytest.skip("no folder of published test material (BIHUAN_SHARED)")
    return folder


@pytest.fixture(scope="session")
def served_city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The real server on one port, with its worker, over a small city in a database of its own."""
    with running_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The machine's Chromium, started once; tests are skipped where there is none."""
    with browser.running() as chromium:
        yield chromium


@pytest.fixture
def page(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A fresh page of a telephone 360 wide; it fails the test on an error in the console.

    ``@pytest.mark.parametrize("page", [{"viewport": …, "java_script_enabled": False}], indirect=True)``
    asks for another kind of context.
    """
    with browser.page(chromium, **getattr(request, "param", {})) as page:
        yield page


@pytest.fixture(scope="session")
def axe() -> Any:
    """``axe(page)`` fails when the page breaks a rule of accessibility."""
    source = ROOT / "node_modules/axe-core/axe.min.js"
    if not source.exists():
        pytest.skip("axe-core is not installed; ./run setup fetches it")
    return browser.axe_checker(source.read_text())
