"""Events are closed once, in an order that is the order of commits, whoever seals."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from bihuan.spine.audit import merkle, sealing
from bihuan.spine.audit.actions import SYSTEM, draft, record, record_many
from bihuan.spine.audit.models import Event, Leaf, Seal
from bihuan.spine.audit.sealing import seal_all, seal_once
from bihuan.spine.audit.signing import own_keyring
from bihuan.spine.audit.verification import Tally, check_log


def write(count: int) -> None:
    record_many(draft(by=SYSTEM, verb="opened", subject=("case", number)) for number in range(count))


def positions() -> list[int]:
    return list(Leaf.objects.order_by("position").values_list("position", flat=True))


def faults() -> list[str]:
    return [str(fault) for fault in check_log(own_keyring(), Tally())]


@pytest.mark.django_db
def test_nothing_to_seal_makes_no_seal():
    assert seal_once() == 0
    assert not Seal.objects.exists()


@pytest.mark.django_db
def test_each_seal_goes_on_where_the_last_one_ended():
    for count in (3, 1, 8):
        write(count)
        assert seal_once() == count
    seals = Seal.objects.order_by("id").values_list("id", "first_position", "leaf_count")
    assert list(seals) == [(1, 1, 3), (2, 4, 1), (3, 5, 8)]
    assert positions() == list(range(1, 13))
    assert faults() == []


@pytest.mark.django_db
def test_a_batch_is_no_larger_than_asked_and_takes_the_oldest():
    write(5)
    assert seal_once(limit=2) == 2
    assert (
        list(Leaf.objects.values_list("event_id", flat=True))
        == sorted(Event.objects.values_list("id", flat=True))[:2]
    )


@pytest.mark.django_db
def test_the_root_stands_for_the_leaves():
    write(6)
    seal_once()
    digests = [bytes(raw) for raw in Leaf.objects.order_by("position").values_list("digest", flat=True)]
    assert bytes(Seal.objects.get().root) == merkle.root(digests)


@pytest.mark.django_db
def test_an_event_that_appears_behind_sealed_ones_is_still_taken_in():
    write(3)
    late = Event.objects.order_by("id").first()
    assert late
    Event(pk=late.pk + 1000, **_like(late)).save(force_insert=True)
    seal_once()
    Event(pk=late.pk + 500, **_like(late)).save(force_insert=True)
    assert seal_once() == 1
    assert faults() == []


@pytest.mark.django_db
def test_an_event_behind_the_window_waits_for_the_one_who_looks_everywhere():
    first = record(by=SYSTEM, verb="opened", subject=("case", 1))
    Event(pk=first.pk + 1000, **_like(first)).save(force_insert=True)
    seal_once()
    Event(pk=first.pk + 1, **_like(first)).save(force_insert=True)
    assert seal_once(window=100) == 0
    assert seal_all() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_only
def test_a_slow_transactions_events_are_sealed_after_it_commits():
    """PostgreSQL gave it a lower id than an Event that was committed, and sealed, before it."""
    drawn, sealed = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                record(by=SYSTEM, verb="slow", subject=("case", 1))
                drawn.set()
                sealed.wait(10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(slow)
        drawn.wait(10)
        record(by=SYSTEM, verb="quick", subject=("case", 2))
        assert seal_once() == 1
        sealed.set()
        running.result()
    assert seal_once() == 1
    in_order = Leaf.objects.order_by("position").values_list("event__verb", flat=True)
    assert list(in_order) == ["quick", "slow"]
    assert list(Event.objects.order_by("id").values_list("verb", flat=True)) == ["slow", "quick"]


@pytest.mark.django_db(transaction=True)
def test_sealers_at_the_same_time_seal_each_event_once():
    write(300)
    start = threading.Barrier(4)

    def sealer() -> int:
        try:
            start.wait(10)
            return sum(seal_once(limit=10) for _ in range(30))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        total = sum(future.result() for future in [pool.submit(sealer) for _ in range(4)])
    assert total + seal_all() == 300
    assert positions() == list(range(1, 301))
    assert faults() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_only  # on SQLite the second waits at its BEGIN and never gets this far
def test_of_two_sealers_the_second_finds_its_number_taken_and_looks_again(monkeypatch):
    write(4)
    plain, overtaken = sealing._unsealed, []

    def be_overtaken(limit: int, window: int | None) -> list[tuple[object, ...]]:
        found = plain(limit, window)
        if not overtaken:
            overtaken.append(True)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(_seal_elsewhere).result()
        return found

    monkeypatch.setattr(sealing, "_unsealed", be_overtaken)
    assert seal_once() == 0
    assert Seal.objects.count() == 1
    assert faults() == []


def _seal_elsewhere() -> None:
    try:
        seal_once()
    finally:
        connections.close_all()


def _like(event: Event) -> dict[str, object]:
    names = ("at", "actor_kind", "verb", "subject_type", "subject_id", "detail")
    return {name: getattr(event, name) for name in names}
