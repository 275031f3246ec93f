"""Each printing is an edition, with its rows and its Event."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from bihuan.kernel import clock
from bihuan.kernel.errors import Forbidden, Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.paper import queries
from bihuan.spine.paper.lists import Opening
from bihuan.spine.paper.models import Sheet
from bihuan.spine.paper.printing import print_building, print_shift
from tests.spine.cases.known import World
from tests.spine.paper.known import ask_at, make_site, send

VISIT = Opening("visit")


def test_a_printing_keeps_its_rows_in_the_order_of_the_paper(world: World) -> None:
    cases = [ask_at(world, door) for door in ("3栋1201", "3栋101")]
    printed = print_building(by=world.ben, site=make_site(), building="3栋", opening=VISIT)
    assert [row.case for row in printed.sheet.rows.order_by("position")] == cases[::-1]
    event = Event.objects.get(verb="paper_print")
    assert event.detail == {"kind": "building", "edition": 1, "rows": 2, "purpose": "visit"}


def test_a_second_printing_is_the_next_edition_and_the_first_knows_it(world: World) -> None:
    first, second = (
        print_building(by=world.ben, site=make_site(), building=typed, opening=VISIT).sheet
        for typed in ("3", "3号楼")
    )
    other = print_building(by=world.ben, site=make_site(), building="4", opening=VISIT).sheet
    assert (first.edition, second.edition, other.edition) == (1, 2, 1)
    assert queries.newest_edition(first) == second


@pytest.mark.django_db(transaction=True)
def test_two_who_print_at_once_have_two_editions(world: World) -> None:
    site, start = make_site(), threading.Barrier(2)

    def one() -> None:
        start.wait()
        try:
            print_building(by=world.ben, site=site, building="3", opening=VISIT)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Sheet.objects.values_list("edition", flat=True)) == [1, 2]


def test_operators_and_strangers_print_no_list(world: World) -> None:
    for person in (world.olga, world.dan, world.max):
        with pytest.raises(Forbidden):
            print_building(by=person, site=make_site(), building="", opening=VISIT)


def test_a_shift_is_printed_for_ones_own_teams_and_for_hours_that_go_forward(world: World) -> None:
    now = clock.now()
    later = now + timedelta(hours=8)
    send(ask_at(world, "3栋101"), team=world.team)
    printed = print_shift(by=world.ben, team=world.team, from_at=now, until_at=later, opening=VISIT)
    assert [row.stood for row in printed.sheet.rows.all()] == ["sent"]
    with pytest.raises(Refused) as refused:
        print_shift(by=world.eve, team=world.team, from_at=now, until_at=later, opening=VISIT)
    assert refused.value.field == "unit"
    with pytest.raises(Refused) as refused:
        print_shift(by=world.ben, team=world.team, from_at=later, until_at=now, opening=VISIT)
    assert refused.value.field == "until_at"


def test_a_list_is_known_to_its_printer_and_to_whoever_may_send_its_team(world: World) -> None:
    now = clock.now()
    until = now + timedelta(hours=1)
    sheet = print_shift(by=world.ben, team=world.team, from_at=now, until_at=until, opening=VISIT).sheet
    assert [queries.visible_sheets(one).filter(pk=sheet.pk).exists() for one in (world.ben, world.sam)] == [
        True
    ] * 2
    assert not queries.visible_sheets(world.eve).exists()
