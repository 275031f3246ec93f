"""The address of a figure."""

from datetime import timedelta

import pytest
from django.http import QueryDict

from bihuan.spine.cases.closing.behind import BOARD, Behind, count_behind, list_behind
from bihuan.spine.cases.states import Status
from tests.spine.cases.known import NOON, World, make_case


def test_an_address_reads_what_it_wrote() -> None:
    behind = Behind(figure="solved", since="2026-W48", agency="-", at=NOON.isoformat())
    assert Behind.parse(QueryDict(behind.to_query()).dict()) == behind


@pytest.mark.parametrize("figure", sorted(BOARD))
def test_each_figure_of_the_board_can_be_listed(world: World, figure: str) -> None:
    make_case(world, opened_at=NOON)
    behind = Behind(figure=figure, at=NOON.isoformat())
    assert len(list_behind(world.max, behind)[0]) == count_behind(world.max, behind)


def test_late_is_as_of_the_instant_of_the_counting(world: World) -> None:
    make_case(world, due_at=NOON)
    for later, number in ((timedelta(0), 0), (timedelta(minutes=1), 1)):
        assert count_behind(world.max, Behind(figure="late", at=(NOON + later).isoformat())) == number


def test_what_one_may_not_see_is_not_listed(world: World) -> None:
    make_case(world)
    assert count_behind(world.eve, Behind(figure="open")) == 0
    assert count_behind(world.dan, Behind(figure="open")) == 0


def test_returned_ones_are_still_to_be_sorted(world: World) -> None:
    for status in (Status.TRIAGE, Status.RETURNED, Status.WAITING):
        make_case(world, status)
    assert count_behind(world.max, Behind(figure="triage")) == 2
