"""What a carrier reads on a list, and nothing more."""

import pytest

from bihuan.kernel.errors import Refused
from bihuan.spine.audit.models import Event
from bihuan.spine.cases.states import Status
from bihuan.spine.paper.lists import Opening, of_building, of_shift
from tests.lines.protection.known import make_person
from tests.spine.cases.known import World
from tests.spine.paper.known import ask_at, make_site, send

VISIT, WITH_NAMES = Opening("visit"), Opening("visit", with_names=True)


def test_a_building_is_listed_door_by_door_and_only_what_is_open(world: World) -> None:
    for door in ("3栋2单元1201", "3栋1单元502", "4栋101"):
        ask_at(world, door)
    ask_at(world, "3栋1单元101", status=Status.CLOSED)
    lines = of_building(world.ben, make_site(), "3", VISIT).lines
    assert [line.door for line in lines] == ["3栋1单元502", "3栋2单元1201"]


def test_without_a_building_the_whole_compound_is_listed(world: World) -> None:
    for door in ("3栋502", "4栋101", "no idea"):
        ask_at(world, door)
    assert len(of_building(world.ben, make_site(), "", VISIT).lines) == 3


def test_names_and_telephones_are_masked_unless_they_are_needed(world: World) -> None:
    ask_at(world, "3栋502")
    masked = of_building(world.ben, make_site(), "3", VISIT).lines[0]
    assert (masked.name, masked.phone) == ("安••", "•••• 5526")
    opened = of_building(world.ben, make_site(), "3", WITH_NAMES).lines[0]
    assert (opened.name, opened.phone) == ("安娜", "+8619900005526")


def test_each_door_that_is_printed_leaves_an_event_and_no_other(world: World) -> None:
    printed = ask_at(world, "3栋502")
    ask_at(world, "4栋101")
    of_building(world.ben, make_site(), "3", VISIT)
    event = Event.objects.get(verb="reveal")
    assert (event.case_id, event.actor) == (printed.pk, world.ben)
    assert event.detail == {"field": "door", "purpose": "visit"}


def test_another_office_sees_none_of_it(world: World) -> None:
    ask_at(world, "3栋502")
    contents = of_building(world.eve, make_site(), "", VISIT)
    assert (contents.lines, contents.households) == ([], [])


def test_without_a_purpose_nothing_is_opened(world: World) -> None:
    ask_at(world, "3栋502")
    with pytest.raises(Refused):
        of_building(world.ben, make_site(), "", Opening("gossip"))
    assert not Event.objects.filter(verb="reveal").exists()


def test_people_in_care_stand_on_the_list_of_their_building_for_the_office_that_cares(world: World) -> None:
    make_person(world)
    make_person(world, name="李乙", building="4栋", door="101", phone="")
    (one,) = of_building(world.ben, make_site(), "3", VISIT).households
    assert (one.door, one.who) == ("3栋 2单元0501", "吴••")
    assert of_building(world.eve, make_site(), "3", VISIT).households == []


def test_a_shift_has_what_the_team_is_sent_for_and_has_not_finished(world: World) -> None:
    mine, done, others = (ask_at(world, f"3栋{n}01") for n in (1, 2, 3))
    live = send(mine, team=world.team)
    send(done, team=world.team, status="done")
    send(others, person=world.cleo)
    lines = of_shift(world.ben, world.team, None, VISIT).lines
    assert [(line.assignment, line.door, line.todo) for line in lines] == [(live, "3栋101", ["mend it"])]
    assert [line.case for line in of_shift(world.ben, None, world.cleo, VISIT).lines] == [others]
