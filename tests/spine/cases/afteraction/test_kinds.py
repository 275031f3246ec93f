"""The kinds of Events of a timeline."""

import pytest

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.afteraction.kinds import CONDITIONS, Kind, kind_of
from tests.spine.cases.afteraction.made import told, write_day
from tests.spine.cases.known import World, make_case

DONE = (
    ("rules_switched", True, False, Kind.COMMAND), ("level_begun", False, False, Kind.UPKEEP),
    ("decide", True, True, Kind.COMMAND), ("banner", True, True, Kind.COMMAND), ("accept", True, True, Kind.CASE),
    ("breached", False, True, Kind.CLOCK), ("silent", False, False, Kind.CLOCK),
    ("messages", False, False, Kind.MESSAGE),
    ("reveal", True, True, Kind.READING), ("export", True, False, Kind.READING), ("enter", True, True, Kind.UPKEEP),
    ("care_check", True, False, Kind.UPKEEP), ("retention", False, False, Kind.UPKEEP),
)  # fmt: skip


@pytest.mark.parametrize(("verb", "by_staff", "of_case", "kind"), DONE)
def test_each_event_has_the_kind_that_its_reader_expects(
    world: World, verb: str, by_staff: bool, of_case: bool, kind: Kind
) -> None:
    by = {"by": world.max} if by_staff else {}
    event = told(verb, case_id=make_case(world).pk if of_case else None, **by)
    assert kind_of(event) == kind
    assert [one for one in Kind if Event.objects.filter(CONDITIONS[one], pk=event.pk).exists()] == [kind]


def test_every_event_has_exactly_one_kind(world: World) -> None:
    write_day(world)
    by_kind = [set(Event.objects.filter(CONDITIONS[kind]).values_list("pk", flat=True)) for kind in Kind]
    assert sum(map(len, by_kind)) == len(set().union(*by_kind)) == Event.objects.count()
