"""What only SQLite does: files that move, locks, a full disk."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bihuan.spine.door import sqlite as room
from bihuan.spine.door.intake import Row, take_in
from bihuan.spine.door.sqlite import SqliteStore

pytestmark = pytest.mark.once
COLUMNS = ", ".join(Row._fields)
TABLE = f"CREATE TABLE door_submission ({COLUMNS}, UNIQUE (client_id), UNIQUE (receipt))"


def row(client_id: str, text: str = "") -> Row:
    return take_in({"client_id": client_id, "text": text}, {}, datetime(2026, 1, 31, tzinfo=UTC)).row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "door.sqlite3"
    make(path)
    return path


def make(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute(TABLE)
    connection.close()


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    yield store
    store.close()


def count(path: Path) -> int:
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT count(*) FROM door_submission").fetchone()[0]
    connection.close()
    return int(found)


def test_each_commit_waits_for_the_disk(store: SqliteStore) -> None:
    store.write([])
    assert store._connection is not None
    full = 2
    assert store._connection.execute("PRAGMA synchronous").fetchone() == (full,)


def test_a_missing_file_is_not_made_anew(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "gone.sqlite3")
    with pytest.raises(sqlite3.OperationalError):
        store.write([row("a")])
    assert list(tmp_path.iterdir()) == []


def test_nothing_goes_into_a_file_that_was_moved_away(path: Path, store: SqliteStore) -> None:
    store.write([row("a")])
    path.rename(path.with_suffix(".moved"))
    with pytest.raises(OSError, match="No such file"):
        store.write([row("b")])


def test_nothing_goes_into_a_file_that_was_swapped(path: Path, store: SqliteStore) -> None:
    store.write([row("a")])
    other = path.with_name("other.sqlite3")
    make(other)
    other.replace(path)
    with pytest.raises(sqlite3.OperationalError):
        store.write([row("b")])
    store.close()
    for leftover in path.parent.glob("door.sqlite3-*"):
        leftover.unlink()
    assert store.write([row("b")])[0].is_new
    assert count(path) == 1


def test_a_file_that_another_holds_is_waited_for_and_then_given_up(
    path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "BUSY_S", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        store.write([row("a")])
    holder.execute("COMMIT")
    holder.close()
    assert store.write([row("a")])[0].is_new


def test_a_full_disk_loses_the_batch_whole_and_the_next_is_kept(path: Path, store: SqliteStore) -> None:
    store.write([row("a")])
    assert store._connection is not None
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        store.write([row(f"b{k}", "x" * 5000) for k in range(5)])
    store._connection.execute("PRAGMA max_page_count=100000")
    assert count(path) == 1
    assert store.write([row("b0")])[0].is_new


def test_closing_twice_is_fine(store: SqliteStore) -> None:
    store.write([])
    store.close()
    store.close()
    assert store.write([row("a")])[0].is_new
