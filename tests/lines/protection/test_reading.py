"""Personal data of people in care: behind a mask until a purpose is given."""

import pytest
from django.http import Http404

from bihuan.kernel.errors import Forbidden, Refused
from bihuan.lines.protection import queries, reading
from bihuan.lines.protection.models import Person
from bihuan.spine.audit.models import Event
from tests.lines.protection.known import make_person
from tests.spine.cases.known import World


def test_lists_show_a_mask(person: Person) -> None:
    shown = {field.name: field.masked for field in reading.fields_of(person)}
    assert shown == {"name": "吴••", "phone": "•••• 5526", "door": "••••"}


def test_reading_leaves_an_event_with_its_purpose_and_nothing_else(world: World, person: Person) -> None:
    assert reading.reveal(person=person, field="door", purpose="check", by=world.ben) == "2单元0501"
    event = Event.objects.get(verb="reveal")
    assert (event.actor, event.subject_id, event.agency_id) == (world.ben, person.pk, world.grid.pk)
    assert event.detail == {"field": "door", "purpose": "check"}


@pytest.mark.parametrize(("field", "purpose"), [("door", ""), ("door", "gossip"), ("kinds", "check")])
def test_without_a_purpose_nothing_is_read(world: World, person: Person, field: str, purpose: str) -> None:
    with pytest.raises(Refused):
        reading.reveal(person=person, field=field, purpose=purpose, by=world.ben)
    assert not Event.objects.filter(verb="reveal").exists()


def test_eve_reads_nothing(world: World, person: Person) -> None:
    with pytest.raises(Forbidden):
        reading.reveal(person=person, field="door", purpose="check", by=world.eve)


def test_a_round_leaves_an_event_for_each_person(world: World, person: Person) -> None:
    other = make_person(world, name="李乙", phone="")
    texts = reading.reveal_round(people=[person, other], purpose="check", by=world.ben)
    assert [text["name"] for text in texts] == ["吴甲", "李乙"]
    assert Event.objects.filter(verb="reveal").count() == 2


def test_somebody_of_another_office_is_not_there(world: World, person: Person) -> None:
    assert queries.access_person(world.sam, person.pk) == person
    for stranger in (world.eve, world.dan, world.olga):
        with pytest.raises(Http404):
            queries.access_person(stranger, person.pk)
