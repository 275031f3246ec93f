"""Rows and receipts on the real database of this pass."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection

from bihuan.kernel.private import unseal
from bihuan.spine.door import store as store_module
from bihuan.spine.door.intake import Row, take_in
from bihuan.spine.door.models import Submission
from bihuan.spine.door.store import Saved, Store, dialect_of, open_store

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 1, 31, 8, 0, 0, 5, tzinfo=UTC)


def row(client_id: str, **fields: object) -> Row:
    return take_in({"client_id": client_id, "name": "Ana", "lon": 113.1, "lat": 27.8, **fields}, {}, NOW).row


@pytest.fixture
def store() -> Iterator[Store]:
    store = open_store(connection.settings_dict)
    yield store
    store.close()


def test_what_was_written_is_there_for_django_to_read(store: Store) -> None:
    asked = row("a", text="药\n'\"", answers={"k": [1 and "x"]}, phone="19900001234")
    store.write([asked])
    kept = Submission.objects.get(receipt=asked.receipt)
    assert (kept.text, kept.answers, kept.lon, kept.received_at) == ("药\n'\"", {"k": ["x"]}, 113.1, NOW)
    assert (unseal(kept.name_sealed), bytes(kept.phone_hash)) == ("Ana", asked.phone_hash)
    assert kept.triaged_at is None and kept.door_sealed is None


def test_a_new_row_stands_with_its_own_receipt(store: Store) -> None:
    rows = [row("a"), row("b")]
    assert store.write(rows) == [Saved(rows[0].receipt, True), Saved(rows[1].receipt, True)]


def test_a_repeat_in_a_later_batch_gets_the_first_receipt(store: Store) -> None:
    first = row("a")
    store.write([first])
    fresh = row("b")
    assert store.write([fresh, row("a")]) == [Saved(fresh.receipt, True), Saved(first.receipt, False)]
    assert Submission.objects.count() == 2


def test_equal_ids_within_one_batch_make_one_row(store: Store) -> None:
    saved = store.write([row("a"), row("b"), row("a")])
    assert saved[0].receipt == saved[2].receipt
    assert [one.is_new for one in (saved[0], saved[2])].count(True) == 1
    assert Submission.objects.count() == 2


def test_a_taken_receipt_is_drawn_anew(store: Store) -> None:
    taken = row("a")
    store.write([taken])
    saved = store.write([row("b")._replace(receipt=taken.receipt)])
    assert saved[0].is_new and saved[0].receipt != taken.receipt
    assert Submission.objects.get(client_id="b").receipt == saved[0].receipt


def test_a_clash_of_receipts_does_not_disturb_the_others(store: Store) -> None:
    taken = row("a")
    store.write([taken])
    saved = store.write([row("c"), row("b")._replace(receipt=taken.receipt), row("a")])
    assert [one.is_new for one in saved] == [True, True, False]
    assert len({one.receipt for one in saved}) == 3


def test_when_no_receipt_is_free_nothing_counts_as_saved(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = row("a")
    store.write([taken])
    monkeypatch.setattr(store_module, "redrawn", lambda lost: lost)
    with pytest.raises(RuntimeError):
        store.write([row("b")._replace(receipt=taken.receipt)])


def test_no_rows_are_a_trial(store: Store) -> None:
    assert store.write([]) == []


def test_a_row_that_the_database_refuses_is_the_rows_own_fault(store: Store) -> None:
    with pytest.raises(store.row_errors):
        store.write([row("a"), row("b")._replace(channel=None)])  # type: ignore[arg-type]
    assert not Submission.objects.exists()
    assert store.write([row("a")])[0].is_new


def test_many_stores_that_race_for_the_same_ids_agree_on_the_receipts() -> None:
    answers: dict[int, list[Saved]] = {}

    def race(number: int) -> None:
        store = open_store(connection_settings)
        rows = [row(f"c{k}") for k in range(40)]
        # Each has the ids in another order: waiting for one another must not lock up.
        rows = rows[number * 7 :] + rows[: number * 7]
        answers[number] = [saved for _, saved in sorted(zip(rows, store.write(rows), strict=True))]
        store.close()

    connection_settings = connection.settings_dict
    threads = [threading.Thread(target=race, args=[number]) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    receipts = {tuple(saved.receipt for saved in found) for found in answers.values()}
    assert len(answers) == 4 and len(receipts) == 1
    assert [sum(found[k].is_new for found in answers.values()) for k in range(40)] == [1] * 40
    assert Submission.objects.count() == 40


def test_the_dialect_follows_the_database() -> None:
    assert type(dialect_of(connection.vendor)).__name__.lower().startswith(connection.vendor[:6])
