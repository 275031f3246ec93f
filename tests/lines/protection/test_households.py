"""People in care on a printed list."""

from bihuan.lines.protection.households import households_of
from bihuan.spine.audit.models import Event
from tests.lines.protection.known import make_person, make_site
from tests.spine.cases.known import World


def test_the_office_that_cares_reads_doors_and_kinds_and_no_names(world: World) -> None:
    person = make_person(world)
    (one,) = households_of(world.ben, make_site())
    assert (one.door, one.who, one.due_at) == ("3栋 2单元0501", "吴••", person.next_check_at)
    assert one.what == str(person.kind_list[0].label)
    event = Event.objects.get(verb="reveal")
    assert (event.subject_id, event.detail["field"]) == (person.pk, "door")


def test_another_office_and_who_keeps_no_list_read_nobody(world: World) -> None:
    make_person(world)
    assert households_of(world.eve, make_site()) == households_of(world.olga, make_site()) == []
    assert not Event.objects.filter(verb="reveal").exists()


def test_who_has_left_the_list_is_not_printed(world: World) -> None:
    person = make_person(world)
    type(person).objects.filter(pk=person.pk).update(
        status="left", left_at=person.added_at, next_check_at=None, alarm_at=None
    )
    assert households_of(world.ben, make_site()) == []
