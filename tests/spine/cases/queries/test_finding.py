"""Search."""

import pytest

from bihuan.kernel import ids
from bihuan.spine.cases import actions, queries
from tests.spine.cases.known import World, make_case


@pytest.mark.parametrize("form", ["{}", "No. {}", "no {}", "#{}", "第 {} 号"])
def test_a_number_is_found_however_it_is_written(world: World, form: str) -> None:
    case = make_case(world)
    assert queries.search(world.ben, form.format(case.pk)) == [case]


def test_a_receipt_is_found_even_after_a_merge(world: World) -> None:
    case, into = make_case(world), make_case(world)
    receipt = case.askers.get().submission.receipt
    actions.merge(case=case, into=into, by=world.olga)
    assert queries.search(world.ben, ids.format_receipt(receipt)) == [into]


@pytest.mark.parametrize("typed", ["199 0000 5526", "+86 19900005526"])
def test_a_telephone_finds_its_cases_newest_first(world: World, typed: str) -> None:
    cases = [make_case(world), make_case(world)]
    assert queries.search(world.ben, typed) == cases[::-1]


def test_words_are_found_in_any_order(world: World) -> None:
    case = make_case(world, summary="三栋没有电 电梯停了")
    make_case(world, summary="三栋没有水")
    assert queries.search(world.ben, "电梯 三栋") == [case]


def test_search_finds_nothing_that_may_not_be_seen(world: World) -> None:
    case = make_case(world, summary="三栋没有电")
    receipt = case.askers.get().submission.receipt
    for text in (str(case.pk), receipt, "19900005526", "没有电"):
        assert queries.search(world.eve, text) == []


@pytest.mark.parametrize("text", ["", "   ", "\x00", "9" * 30, "%", "_"])
def test_odd_searches_find_nothing_and_fail_nowhere(world: World, text: str) -> None:
    make_case(world, summary="三栋没有电")
    assert queries.search(world.ben, text) == []


def test_who_may_read_no_telephone_finds_none(world: World) -> None:
    case = make_case(world, summary="三栋没有电")
    assert queries.search(world.olga, "19900005526") == [case]
    assert queries.search(world.max, str(case.pk)) == [case]
    assert queries.search(world.max, "19900005526") == []
