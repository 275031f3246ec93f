"""Reading what was printed and what came back."""

import pytest
from django.http import Http404

from bihuan.kernel import ids
from bihuan.spine.paper import queries
from bihuan.spine.paper.entering import enter
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.numbers import make_void, reserve
from bihuan.spine.paper.printing import print_building
from tests.spine.cases.known import World, make_case
from tests.spine.paper.known import make_site


@pytest.mark.django_db(transaction=True)
def test_blocks_are_counted_by_what_became_of_their_forms(world: World) -> None:
    block = reserve(by=world.olga, count=4)
    first, second, *_rest = block.numbers.order_by("serial")
    enter(by=world.olga, typed=first.number, payload={"text": "x", "service": "power_failure"})
    make_void(by=world.olga, block=block, number=second.number)
    (counted,) = queries.list_blocks()
    assert (counted.printed, counted.used, counted.void) == (2, 1, 1)
    assert not queries.is_waiting(first.number)
    assert queries.is_waiting(ids.format_receipt(second.number))


def test_a_number_of_no_form_waits_for_nothing(world: World) -> None:
    assert not queries.is_waiting(ids.new_printed()) and not queries.is_waiting("12")
    assert queries.printed_number(ids.new_receipt()) is None


def test_what_is_not_there_is_not_there(world: World) -> None:
    with pytest.raises(Http404):
        queries.access_block(2**80)
    sheet = print_building(by=world.ben, site=make_site(), building="", opening=Opening("visit")).sheet
    assert queries.access_sheet(world.ben, sheet.pk) == sheet
    with pytest.raises(Http404):
        queries.access_sheet(world.eve, sheet.pk)
    assert queries.sheet_of(sheet.code) == sheet and queries.sheet_of("nothing") is None


def test_a_case_is_in_sight_of_its_office_alone(world: World) -> None:
    case = make_case(world)
    assert queries.may_see(world.ben, case) and not queries.may_see(world.eve, case)
