"""Numbers for forms: no two alike, none that another door could give."""

import threading
from itertools import chain, pairwise, repeat

import pytest
from django.db import IntegrityError, connection, transaction

from bihuan.kernel import ids
from bihuan.kernel.errors import Conflict, Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.paper.models import Block, Number, State
from bihuan.spine.paper.numbers import MOST, make_void, reserve
from tests.spine.cases.known import World, make_submission


def test_a_block_has_as_many_numbers_as_were_asked_for_each_a_receipt_of_its_own(world: World) -> None:
    block = reserve(by=world.olga, count=50, agency=world.grid)
    numbers = list(block.numbers.values_list("number", flat=True))
    assert len(set(numbers)) == 50
    assert all(ids.is_printed(number) for number in numbers)
    assert list(block.numbers.order_by("serial").values_list("serial", flat=True)) == list(range(1, 51))


def test_the_next_number_can_not_be_told_from_the_last(world: World) -> None:
    block = reserve(by=world.olga, count=30)
    drawn = [int(one[:-1]) for one in block.numbers.order_by("serial").values_list("number", flat=True)]
    assert all(abs(after - before) > 1 for before, after in pairwise(drawn))


def test_reserving_leaves_one_event_with_the_office_and_without_the_numbers(world: World) -> None:
    block = reserve(by=world.olga, count=3, agency=world.grid, service=world.service)
    event = Event.objects.get(verb="paper_reserve")
    assert (event.actor, event.subject_id, event.agency_id) == (world.olga, block.pk, world.grid.pk)
    assert event.detail == {"count": 3, "service": world.service.pk}


def test_a_number_that_is_drawn_again_is_left_to_the_form_that_has_it(world: World) -> None:
    taken = reserve(by=world.olga, count=1).numbers.get().number
    draws = chain([taken], iter(ids.new_printed, None))
    assert reserve(by=world.olga, count=1, draw=lambda: next(draws)).numbers.get().number != taken


def test_a_number_that_an_older_city_gave_away_is_not_printed(world: World) -> None:
    old = make_submission(receipt=ids.new_printed()).receipt
    draws = chain([old], iter(ids.new_printed, None))
    assert reserve(by=world.olga, count=1, draw=lambda: next(draws)).numbers.get().number != old


def test_when_no_free_number_can_be_drawn_nothing_is_reserved(world: World) -> None:
    taken = reserve(by=world.olga, count=1).numbers.get().number
    with pytest.raises(Refused) as refused:
        reserve(by=world.olga, count=1, draw=lambda: next(repeat(taken)))
    assert refused.value.code == "numbers"
    assert Block.objects.count() == 1


@pytest.mark.parametrize("count", [0, -1, MOST + 1])
def test_none_and_too_many_at_once_are_refused(world: World, count: int) -> None:
    with pytest.raises(Refused) as refused:
        reserve(by=world.olga, count=count)
    assert refused.value.field == "count"


def test_whoever_may_not_enter_asks_reserves_and_voids_nothing(world: World) -> None:
    block = reserve(by=world.olga, count=1)
    with pytest.raises(Forbidden):
        reserve(by=world.ben, count=1)
    with pytest.raises(Forbidden):
        make_void(by=world.max, block=block)


def test_the_database_itself_refuses_a_number_twice_and_one_that_is_not_for_paper(world: World) -> None:
    block = reserve(by=world.olga, count=1)
    for number in (block.numbers.get().number, "482109375526"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Number.objects.create(block=block, serial=2, number=number)


@pytest.mark.django_db(transaction=True)
def test_two_who_reserve_at_once_with_the_same_luck_get_different_numbers(world: World) -> None:
    luck = [ids.new_printed() for _ in range(40)]
    kept: list[list[str]] = []
    start = threading.Barrier(2)

    def one() -> None:
        draws = chain(luck, iter(ids.new_printed, None))
        start.wait()
        try:
            block = reserve(by=world.olga, count=20, draw=lambda: next(draws))
            kept.append(list(block.numbers.values_list("number", flat=True)))
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(numbers) for numbers in kept] == [20, 20]
    assert not set(kept[0]) & set(kept[1])


def test_what_is_void_stays_void_and_an_entered_form_can_not_be_made_so(world: World) -> None:
    block = reserve(by=world.olga, count=3)
    first, second, _third = block.numbers.order_by("serial")
    Number.objects.filter(pk=first.pk).update(state=State.USED, used_by=world.olga, used_at=block.reserved_at)
    with pytest.raises(Conflict):
        make_void(by=world.olga, block=block, number=first.number)
    assert make_void(by=world.olga, block=block, number=second.number) == 1
    assert make_void(by=world.olga, block=block) == 1
    assert make_void(by=world.olga, block=block) == 0
    states = list(block.numbers.order_by("serial").values_list("state", flat=True))
    assert states == ["used", "void", "void"]
    assert Event.objects.filter(verb="paper_void").count() == 2
