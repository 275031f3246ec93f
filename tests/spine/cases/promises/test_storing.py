"""Writing what was counted for many Cases."""

from datetime import UTC, datetime, timedelta

from django.db import transaction

from bihuan.spine.audit.models import Event
from bihuan.spine.cases.models import Case, Level
from bihuan.spine.cases.promises import storing
from bihuan.spine.cases.promises.columns import COUNTED, READ
from tests.spine.cases.known import World, make_case

DUE = datetime(2026, 11, 24, 1, 2, 3, 456789, tzinfo=UTC)


def rows_of(*cases: Case) -> dict[int, tuple[object, ...]]:
    found = Case.objects.filter(pk__in=[case.pk for case in cases]).values_list(*READ)
    return {row[0]: row for row in found}


def test_what_is_stored_is_read_again_to_the_microsecond_and_nothing_else_moves(world: World) -> None:
    written, other = make_case(world), make_case(world)
    level = Level.objects.order_by("id")[0]
    fields = {"level_id": level.pk, **dict.fromkeys(COUNTED), "resolve_by": DUE, "due_at": DUE}
    storing.store([(rows_of(written)[written.pk], fields)], "recounted", {"recount": 7})
    stored = Case.objects.get(pk=written.pk)
    assert {name: getattr(stored, name) for name in fields} == fields
    assert Case.objects.get(pk=other.pk).changed_at == other.changed_at


def test_the_event_tells_only_what_is_new(world: World) -> None:
    case = make_case(world, resolve_by=DUE)
    fields = {"level_id": None, **dict.fromkeys(COUNTED), "resolve_by": DUE, "due_at": DUE}
    storing.store([(rows_of(case)[case.pk], fields)], "recounted", {"recount": 7})
    event = Event.objects.get(verb="recounted")
    assert event.detail["set"] == {"due_at": DUE.isoformat()}
    assert (event.case_id, event.agency_id, event.detail["recount"]) == (case.pk, case.agency_id, 7)


def test_what_was_changed_since_it_was_read_is_not_unmoved(world: World) -> None:
    same, moved = make_case(world), make_case(world)
    seen = rows_of(same, moved)
    Case.objects.filter(pk=moved.pk).update(changed_at=moved.changed_at + timedelta(microseconds=1))
    with transaction.atomic():
        assert storing.unmoved(seen) == {same.pk}
        assert storing.unmoved({}) == set()
